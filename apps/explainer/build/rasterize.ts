import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

export interface Rasterizer {
  /** An SVG document as a PNG of its own size, or of a width. */
  png(svg: string, width?: number): Uint8Array;
  /** How wide a text is, in pixels. */
  widthOf(text: string, size: number, weight?: number): number;
}

const { resolve } = createRequire(import.meta.url);
const load = (path: string): Uint8Array => readFileSync(resolve(path));

/** The narrow cut is about as wide as the fonts that pictures are laid out for. */
const family = "DejaVu Sans Condensed";
const files = ["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"];

let started: Promise<Rasterizer> | undefined;

/** Draws with fonts of its own, so that every machine writes the same pixels. */
export function rasterizer(): Promise<Rasterizer> {
  return (started ??= start());
}

async function start(): Promise<Rasterizer> {
  await initWasm(load("@resvg/resvg-wasm/index_bg.wasm"));
  const font = {
    fontBuffers: files.map((name) => load(`dejavu-fonts-ttf/ttf/${name}`)),
    defaultFontFamily: family,
    sansSerifFamily: family,
  };
  return {
    png(svg, width) {
      const image = new Resvg(svg, {
        font,
        fitTo: width === undefined ? { mode: "original" } : { mode: "width", value: width },
      });
      const rendered = image.render();
      const png = rendered.asPng();
      rendered.free();
      image.free();
      return png;
    },
    widthOf(text, size, weight = 400) {
      const content = text.replace(/[&<]/g, (it) => (it === "&" ? "&amp;" : "&lt;"));
      const image = new Resvg(
        `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><text font-size="${size}" font-weight="${weight}">${content}</text></svg>`,
        { font },
      );
      const width = image.getBBox()?.width ?? 0;
      image.free();
      return width;
    },
  };
}
