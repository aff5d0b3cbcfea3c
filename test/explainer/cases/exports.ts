import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sceneIds } from "../../../apps/explainer/scenes/ids.js";
import { viewNames } from "../../../apps/explainer/state.js";
import { expected } from "../expected.js";
import type { Stage } from "../stage.js";

/** What a reader takes along. */
export function exports(at: Stage): void {
  const { open, text, copied } = at;

  /** The texts of a picture, whatever lines they are in. */
  const said = (svg: string): string => svg.replace(/(<[^>]*>|\s)+/g, " ");

  /** Width, height and the number of colours of the image on the clipboard. */
  const image = (): Promise<{ width: number; height: number; colours: number }> =>
    at.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType("image/png"));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      return { width, height, colours: new Set(new Uint32Array(data.buffer)).size };
    });

  test("SVG has title, sentence, badges and caption in it; PNG is of its size", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix&causal=true&temperature=2" });
    const svg = await copied("svg");
    expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain("<title>What every word attends to</title>");
    const badges = await at.page.locator("#badges li").allTextContents();
    expect(badges).toHaveLength(3);
    for (const part of [await text("#title"), "river bank flooded · layer 2", ...badges]) {
      expect(said(svg)).toContain(part);
    }
    expect(svg).toContain(`<desc>${await text("#caption")}</desc>`);
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
    await copied("png");
    const { colours, ...size } = await image();
    expect(size).toEqual({ width: Math.ceil(2 * width), height: Math.ceil(2 * height) });
    expect(colours).toBeGreaterThan(20);
    expect(at.wrong).toEqual([]);
  });

  const pictures = [
    ...viewNames.map((view) => `text=the+bat+hit+the+ball&view=${view}`),
    ...sceneIds.map((id) => `scene=${id}&text=the+bat+hit+the+ball`),
  ];
  test("SVG and PNG of every view and scene stand alone", async () => {
    await open({ scheme: "dark" });
    for (const hash of pictures) {
      await at.page.evaluate((hash) => (location.hash = hash), hash);
      await expect.poll(at.hash).toContain(hash.replace(/&?view=bars/, "").split("&")[0]);
      await at.drawn();
      const svg = await copied("svg");
      expect(svg, hash).not.toMatch(/var\(|light-dark|tabindex|aria-|NaN|undefined/);
      const parsed = await at.page.evaluate((svg) => {
        const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
        return documentElement.nodeName;
      }, svg);
      expect(parsed, hash).toBe("svg");
      await copied("png");
      // Ground, ink and colours of the theme: not an empty picture.
      expect((await image()).colours, hash).toBeGreaterThan(20);
    }
    expect(at.wrong).toEqual([]);
  }, 120_000);

  test("JSON counts from 0 and says what was asked for beside what is shown", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix&layer=1&head=3&word=3" });
    const { asked, data, title } = JSON.parse(await copied("json"));
    expect(title).toBe(await text("#title"));
    expect([asked.layer, asked.head, asked.word, asked.view]).toEqual([0, 2, 2, "matrix"]);
    const tidy = expected({ layer: 0, head: 2 }).words.tidy();
    expect(data.pairs).toHaveLength(tidy.length);
    tidy.forEach(({ weight, queryId }, n) => {
      expect(data.pairs[n].weight).toBeCloseTo(weight, 6);
      expect(data.pairs[n].queryId).toBe(queryId);
    });
    await at.page.click("#tab-bars");
    const row = JSON.parse(await copied("json")).data;
    expect(Math.min(...row.keys.map(({ keyIndex }: { keyIndex: number }) => keyIndex))).toBe(0);
    await at.page.click("#tab-steps");
    const steps = JSON.parse(await copied("json"));
    expect([steps.data.layer, steps.data.head]).toEqual([steps.asked.layer, steps.asked.head]);
    // A scene is no view.
    await at.page.click("#mode-story");
    const scene = JSON.parse(await copied("json"));
    expect([scene.asked.scene, scene.asked.view]).toEqual(["sentence", undefined]);
  });

  test("a saved page opens without script: picture, badges, caption, table, a link back", async () => {
    await open({ hash: "#text=river+bank+flooded&causal=true" });
    const [title, caption] = [await text("#title"), await text("#caption")];
    const link = await copied("link");
    const [download] = await Promise.all([at.page.waitForEvent("download"), at.take("html")]);
    expect(download.suggestedFilename()).toBe("attention.html");
    await expect.poll(() => text("#copied")).toBe("Saved as attention.html.");
    const html = readFileSync((await download.path())!, "utf8");
    expect(html).not.toMatch(/<script|src="|@import/);
    expect(at.wrong).toEqual([]);
    await at.page.context().close();
    const context = await at.browser.newContext({ javaScriptEnabled: false });
    at.page = await context.newPage();
    await at.page.setContent(html);
    expect(await text("h1")).toBe(title);
    expect(await text("figcaption")).toBe(caption);
    expect(await text(".badges")).toContain("causal");
    expect((await at.page.locator("svg").boundingBox())!.height).toBeGreaterThan(100);
    expect(await at.page.locator("tbody tr").count()).toBe(3);
    expect(await at.page.getAttribute("footer a", "href")).toBe(link);
  });

  test("where a page may not copy, it saves a file", async () => {
    await open();
    await at.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
      navigator.clipboard.write = () => Promise.reject(new Error("not allowed"));
    });
    for (const [kind, name] of [
      ["json", "attention.json"],
      ["svg", "attention.svg"],
      ["png", "attention.png"],
      ["link", "attention.txt"],
    ]) {
      const [download] = await Promise.all([at.page.waitForEvent("download"), at.take(kind)]);
      expect(download.suggestedFilename()).toBe(name);
      await expect
        .poll(() => text("#copied"))
        .toBe(`Saved as ${name}: this browser does not let the page copy.`);
    }
  });
}
