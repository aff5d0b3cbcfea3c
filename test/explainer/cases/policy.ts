import { expect, test } from "vitest";
import { viewNames } from "../../../apps/explainer/state.js";
import { expected, percents } from "../expected.js";
import { servePage } from "../servePage.js";
import type { Stage } from "../stage.js";

/** The Content-Security-Policy, and what lies beside the page. */
export function policy(at: Stage): void {
  const { open, numbers } = at;

  test("its policy is in force: what is inline or comes from a string does not run", async () => {
    await open();
    const ran = await at.page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.inlineRan = true";
      document.head.append(script);
      const button = document.createElement("button");
      button.setAttribute("onclick", "window.handlerRan = true");
      button.click();
      return Object.keys(window).filter((name) => name.endsWith("Ran"));
    });
    expect(ran).toEqual([]);
    expect(at.wrong.length).toBeGreaterThan(0);
    expect(at.wrong.every((message) => message.includes("Content Security Policy"))).toBe(true);
  });

  test("without wasm-unsafe-eval it works on the portable engine, with the same numbers", async () => {
    const policy =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:";
    const strict = await servePage(at.folder, policy);
    try {
      await open({ from: strict, hash: "#text=river+bank+flooded" });
      await at.read("a bat in a cave", "cave");
      await at.page.click("#words [data-word='1']");
      const { weights } = expected({ text: "a bat in a cave" }).words.matrix();
      expect(await numbers()).toEqual(percents(weights[1]));
      // No WebAssembly where the model runs.
      const refused = await at.page.workers()[0].evaluate(() => {
        try {
          new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
          return false;
        } catch {
          return true;
        }
      });
      expect(refused).toBe(true);
    } finally {
      await strict.close();
    }
  });

  test("nothing that a reader does is against it: scenes, views, copies, saving, offline", async () => {
    await open({ motion: true });
    await at.page.evaluate(() => {
      const found: string[] = [];
      Object.assign(window, { found });
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        found.push(`${violatedDirective} ${blockedURI}`);
      });
    });
    for (let n = 0; n < 13; n++) await at.page.click("#scene-next");
    for (const view of viewNames) await at.page.click(`#tab-${view}`);
    for (const kind of ["png", "svg", "json", "link"] as const) await at.copied(kind);
    await Promise.all([at.page.waitForEvent("download"), at.take("html")]);
    await at.read("a bat in a cave", "cave");
    await at.page.evaluate(async () => void (await navigator.serviceWorker.ready));
    expect(await at.page.evaluate(() => (window as unknown as { found: string[] }).found)).toEqual(
      [],
    );
    expect(at.wrong).toEqual([]);
  });

  test("the licenses of the model and of the libraries lie beside the page", async () => {
    await open({ ready: false });
    const read = (name: string): Promise<string> =>
      at.page.evaluate(async (name) => (await fetch(`licenses/${name}`)).text(), name);
    expect(await read("model.txt")).toMatch(/Changed:.*Apache License\s+Version 2\.0/s);
    expect(await read("libraries.md")).toMatch(/^# Licenses/);
    expect(await read("qkv.txt")).toContain("MIT License");
  });
}
