import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dark, light } from "qkv/views";
import { rasterizer } from "./rasterize.js";

/** Query, key and value flow into one word, each by its weight. On a square of 64. */
export const strokes = [
  { name: "query", d: "M8 11C30 11 30 32 50 32", width: 10 },
  { name: "key", d: "M8 32H50", width: 6 },
  { name: "value", d: "M8 53C30 53 30 32 50 32", width: 10 },
] as const;
const word = { cx: 50, cy: 32, r: 10 } as const;

/** The page's icon: on a ground, or in the colours of whichever theme the browser has. */
export function favicon(ground?: "ground"): string {
  const lines = strokes.map(
    ({ name, d, width }) =>
      `<path id="${name}" d="${d}" fill="none" stroke="${light[name]}" stroke-width="${width}" stroke-linecap="round"/>`,
  );
  const colours = strokes.map(({ name }) => `#${name}{stroke:${dark[name]}}`);
  const style = `<style>@media(prefers-color-scheme:dark){${colours.join("")}#word{fill:${dark.ink}}}</style>`;
  // An icon on a ground is framed by whoever shows it, up to its corners.
  const [view, behind] = ground
    ? ["-14 -14 92 92", `<path d="M-14-14H78V78H-14z" fill="${light.ground}"/>`]
    : ["0 0 64 64", style];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}">${behind}${lines.join("")}<circle id="word" cx="${word.cx}" cy="${word.cy}" r="${word.r}" fill="${light.ink}"/></svg>\n`;
}

/** `favicon.svg`, and `icon-180.png` for the home screens of phones. */
export async function writeIcons(folder: string): Promise<void> {
  const { png } = await rasterizer();
  writeFileSync(join(folder, "favicon.svg"), favicon());
  writeFileSync(join(folder, "icon-180.png"), png(favicon("ground"), 180));
}
