/// <reference lib="dom" />
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { explainWeights } from "qkv/explain";
import { bars, matrix, toPage } from "qkv/views";
import type { Stage } from "../stage.js";
import { elementOf, tokens, weights } from "./pages.js";

export function exports(stage: Stage): void {
  it("a picture becomes a PNG image, two pixels for one, on the ground of its theme", async () => {
    await stage.open(elementOf(""));
    await stage.page.locator("qkv-attention svg").waitFor();
    const image = await stage.page.evaluate(async () => {
      const { picture } = document.querySelector("qkv-attention")!;
      const blob = (await qkv.toPng(picture!, { theme: "dark" })) as Blob;
      const bitmap = await createImageBitmap(blob);
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      return {
        type: blob.type,
        margins: bitmap.width / 2 - picture!.width,
        corner: [...context.getImageData(2, 2, 1, 1).data],
      };
    });
    expect(image).toEqual({ type: "image/png", margins: 40, corner: [0x1d, 0x21, 0x26, 255] });
    expect(stage.wrong).toEqual([]);
  });

  it("a saved page is light or dark as its reader's system is, and light on paper", async () => {
    await stage.open("");
    const view = explainWeights(weights, { tokens }).head(0);
    const html = toPage([bars(view), matrix(view)], { title: "Two", link: "https://example.org" });
    writeFileSync(join(stage.folder, "saved.html"), html);
    const ground = () => stage.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await stage.page.emulateMedia({ colorScheme: "dark" });
    await stage.page.goto(`file://${stage.folder}/saved.html`);
    expect(await ground()).toBe("rgb(29, 33, 38)");
    await stage.page.emulateMedia({ colorScheme: "light" });
    expect(await ground()).toBe("rgb(255, 255, 255)");
    await stage.page.emulateMedia({ colorScheme: "dark", media: "print" });
    expect(await ground()).toBe("rgb(255, 255, 255)");
    expect(await stage.page.locator("svg").count()).toBe(2);
  });
}
