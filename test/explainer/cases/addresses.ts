import { expect, test } from "vitest";
import { expected } from "../expected.js";
import type { Stage } from "../stage.js";

/** What a reader takes along. */
export function addressesAndCopies(at: Stage): void {
  const { open, text, clipboard } = at;

  test("an address restores the view, also when it is changed by hand", async () => {
    await open();
    await at.page.click("[data-example='the bat hit the ball']");
    await at.page.click("[data-view=blend]");
    await at.page.selectOption("[name=head]", { value: "2" });
    await at.page.waitForFunction(() =>
      document.querySelector("#title")?.textContent?.includes("bat"),
    );
    const [title, picture] = [await text("#title"), await at.page.innerHTML("#picture")];
    await at.page.waitForFunction(() => location.hash.includes("head=3"));
    const address = await at.page.evaluate(() => location.hash);
    await at.page.click("[data-copy=link]");
    await at.page.waitForSelector("text=Copied.");
    expect(await clipboard()).toBe(at.served.url + address);
    await at.page.context().close();
    await open({ hash: address });
    expect([await text("#title"), await at.page.innerHTML("#picture")]).toEqual([title, picture]);
    await at.page.evaluate(() => (location.hash = "#text=river+bank+flooded&view=matrix"));
    await at.page.waitForSelector("svg g.query");
    expect(await at.page.inputValue("#text")).toBe("river bank flooded");
  });

  test("a slider that is dragged changes the address a few times, at last to where it is", async () => {
    await open();
    const count = await at.page.evaluate(async () => {
      let written = 0;
      const replace = history.replaceState.bind(history);
      history.replaceState = (...all) => {
        written++;
        replace(...all);
      };
      const push = history.pushState.bind(history);
      history.pushState = (...all) => {
        written++;
        push(...all);
      };
      const slider = document.querySelector<HTMLInputElement>("[name=temperature]")!;
      for (let n = 10; n <= 40; n++) {
        slider.value = String(n / 10);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      }
      await new Promise((done) => setTimeout(done, 400));
      return written;
    });
    expect(count).toBeLessThan(6);
    expect(await at.page.evaluate(() => location.hash)).toContain("temperature=4");
  });

  test("PNG, SVG and JSON are copied", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix" });
    await at.page.click("[data-copy=svg]");
    await at.page.waitForSelector("text=Copied.");
    const svg = await clipboard();
    expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain("<title>What every word attends to</title>");
    expect(svg).not.toMatch(/class=|var\(/);
    await at.page.click("[data-copy=json]");
    await at.page.waitForSelector("text=Copied.");
    const { data } = JSON.parse(await clipboard());
    const tidy = expected().words.tidy();
    expect(data.rows).toHaveLength(tidy.length);
    tidy.forEach(({ weight, queryId }, n) => {
      expect(data.rows[n].weight).toBeCloseTo(weight, 6);
      expect(data.rows[n].queryId).toBe(queryId);
    });
    await at.page.click("[data-copy=png]");
    await at.page.waitForSelector("text=Copied.");
    const size = await at.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType("image/png"));
      return [bitmap.width > 400, bitmap.height > 200];
    });
    expect(size).toEqual([true, true]);
    expect(at.wrong).toEqual([]);
  });

  test.each(["bars", "blend", "steps"])("SVG and PNG of %s stand alone", async (view) => {
    await open({ hash: `#text=the+bat+hit+the+ball&view=${view}`, scheme: "dark" });
    await at.page.click("[data-copy=svg]");
    await at.page.waitForSelector("text=Copied.");
    expect(await clipboard()).not.toMatch(/class=|var\(|tabindex|aria-/);
    await at.page.click("[data-copy=png]");
    await at.page.waitForSelector("text=Copied.");
    // Ground, ink and colours of the theme: not an empty picture.
    const colours = await at.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType("image/png"));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(colours).toBeGreaterThan(20);
    expect(at.wrong).toEqual([]);
  });

  test("where a page may not copy, it saves a file", async () => {
    await open();
    await at.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
    });
    const [download] = await Promise.all([
      at.page.waitForEvent("download"),
      at.page.click("[data-copy=json]"),
    ]);
    expect(download.suggestedFilename()).toBe("attention.json");
    expect(await text("#copied")).toBe(
      "Saved as attention.json: this browser does not let the page copy.",
    );
  });
}
