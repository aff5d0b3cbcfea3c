/// <reference lib="dom" />

import { toSvg, type SvgOptions } from "../toSvg.js";
import type { Picture } from "../types.js";
import type { PngBlob } from "./types.js";

/** Those of `toSvg`, and how many pixels there are. */
export interface PngOptions extends SvgOptions {
  /** `"light"` (default), `"dark"`, or colours: outside of a page there is no page to ask. */
  readonly theme?: Exclude<SvgOptions["theme"], "page">;
  /** Pixels of the image for each CSS pixel of the picture. Default 2. */
  readonly scale?: number | undefined;
}

/** A picture as a PNG image, in a browser. */
export async function toPng(picture: Picture, options: PngOptions = {}): Promise<PngBlob> {
  const { scale = 2, ...svgOptions } = options;
  const svg = toSvg(picture, svgOptions);
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
  // Not an object URL: a policy that allows images from data: need not allow blob:.
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(Number(width) * scale);
  canvas.height = Math.ceil(Number(height) * scale);
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => {
    canvas.toBlob(
      (blob) => (blob ? done(blob) : fail(new Error("toPng(): no image"))),
      "image/png",
    );
  });
}
