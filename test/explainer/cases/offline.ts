import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { offlineFiles } from "../../../apps/explainer/build/offline.js";
import { expected, percents } from "../expected.js";
import { servePage } from "../servePage.js";
import type { Stage } from "../stage.js";

/** Without a network, and when there is a newer build. */
export function offline(at: Stage): void {
  const { open, text, numbers, read } = at;

  /** Waits until something is so in the page. */
  const until = (ask: () => Promise<boolean>): Promise<void> =>
    expect.poll(() => at.page.evaluate(ask), { timeout: 20_000 }).toBe(true);

  /** Everything is kept: the files by the service worker, the model. */
  const kept = (): Promise<void> =>
    until(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const active = registration?.active?.state === "activated";
      if (!active || navigator.serviceWorker.controller === null) return false;
      const model = (await caches.keys()).find((name) => name.endsWith(" model"));
      return model !== undefined && (await (await caches.open(model)).keys()).length === 1;
    });

  test("after one visit the page opens without a server, and reads any sentence", async () => {
    const served = await servePage(at.folder);
    let closed = false;
    try {
      await open({ from: served, hash: "#text=river+bank+flooded" });
      await kept();
      await at.page.reload();
      await at.drawn();
      // The model was downloaded once, and what lies beside the page is there too.
      expect(served.asked.filter((path) => path === "model.bin")).toHaveLength(1);
      await served.close();
      closed = true;
      await at.page.reload();
      await at.drawn();
      expect(await numbers()).toEqual(percents(expected().words.matrix().weights[1]));
      await read("a bat in a cave", "cave");
      await at.example("the bat hit the ball");
      const license = await at.page.evaluate(async () =>
        (await fetch("licenses/model.txt")).text(),
      );
      expect(license).toContain("Apache License");
      await at.page.goto(`${served.url}index.html#text=the+bat+flew+out+of+the+cave`);
      await at.word("flew");
      expect(at.wrong).toEqual([]);
    } finally {
      if (!closed) await served.close();
    }
  });

  test("a newer build takes over when the page is loaded again, and leaves nothing of the old", async () => {
    const folder = mkdtempSync(join(tmpdir(), "qkv-explainer-newer-"));
    cpSync(at.folder, folder, { recursive: true });
    const served = await servePage(folder);
    try {
      await open({ from: served, hash: "#text=the+bat+hit+the+ball" });
      await kept();
      const { hash } = offlineFiles(folder);
      const edit = (name: string, from: string, to: string): void => {
        const before = readFileSync(join(folder, name), "utf8");
        expect(before).toContain(from);
        writeFileSync(join(folder, name), before.replaceAll(from, to));
      };
      edit("index.html", "<h1>What the model looks at</h1>", "<h1>A newer build</h1>");
      const newer = offlineFiles(folder).hash;
      expect(newer).not.toBe(hash);
      edit("offline.js", hash, newer);
      await at.page.reload();
      await at.drawn();
      expect(await text("h1")).toBe("What the model looks at");
      await until(async () => (await navigator.serviceWorker.ready).waiting !== null);
      await at.page.reload();
      await at.page.waitForSelector("text=A newer build");
      await at.word("ball");
      const names = await at.page.evaluate(() => caches.keys());
      const parts = names.map((name) => name.split(" ").at(-1)).sort();
      expect(parts).toEqual([newer, "model"].sort());
      // The model is the same, and is not downloaded again.
      await read("a bat in a cave", "cave");
      expect(served.asked.filter((path) => path === "model.bin")).toHaveLength(1);
    } finally {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("a model that was cut short on its way is not kept", async () => {
    const folder = mkdtempSync(join(tmpdir(), "qkv-explainer-short-"));
    cpSync(at.folder, folder, { recursive: true });
    writeFileSync(
      join(folder, "model.bin"),
      readFileSync(join(at.folder, "model.bin")).subarray(0, 9e6),
    );
    const served = await servePage(folder);
    try {
      await open({ from: served });
      await at.page.waitForSelector("text=the model file is cut short", { timeout: 30_000 });
      cpSync(join(at.folder, "model.bin"), join(folder, "model.bin"));
      await at.page.click("#retry");
      await read("a bat in a cave", "cave");
    } finally {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
