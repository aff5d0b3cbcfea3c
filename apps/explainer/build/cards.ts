import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toSvg } from "qkv/views";
import { cardPicture, cardSize, type Card } from "./cardPicture.js";
import { rasterizer } from "./rasterize.js";
import { sharePage } from "./sharePage.js";

export type { Card } from "./cardPicture.js";

export interface CardOptions {
  /**
   * Where the page will lie, `https://example.org/explainer/`: those who show cards ask for absolute addresses.
   * Default: EXPLAINER_URL of the environment, or else addresses are relative.
   */
  readonly baseUrl?: string | undefined;
}

/**
 * For each card its picture, `cards/<name>.png`, and a page to share, `s/<name>.html`, that shows the picture where
 * it is linked and leads to the page in that state.
 */
export async function writeCards(
  folder: string,
  cards: readonly Card[],
  { baseUrl = process.env["EXPLAINER_URL"] }: CardOptions = {},
): Promise<void> {
  const base = baseOf(baseUrl);
  const { png } = await rasterizer();
  for (const part of ["cards", "s"]) mkdirSync(join(folder, part), { recursive: true });
  for (const card of cards) {
    writeFileSync(join(folder, "cards", `${card.name}.png`), png(await cardSvg(card)));
    writeFileSync(join(folder, "s", `${card.name}.html`), sharePage(card, base));
  }
}

/** A card as an SVG document. */
export async function cardSvg(card: Card): Promise<string> {
  const { widthOf } = await rasterizer();
  const picture = { ...card.picture(cardSize.width), ...cardSize };
  return toSvg({ ...picture, marks: cardPicture(card, widthOf) }, { titled: false });
}

/** With a slash at its end; "../" from the pages in `s` where none is given. */
function baseOf(url: string | undefined): string {
  if (url === undefined || url === "") return "../";
  if (!/^https?:\/\//.test(url)) {
    throw new TypeError(
      `writeCards: baseUrl: expected an address that begins with http:// or https://; got ${JSON.stringify(url)}. EXPLAINER_URL sets it.`,
    );
  }
  return url.endsWith("/") ? url : `${url}/`;
}
