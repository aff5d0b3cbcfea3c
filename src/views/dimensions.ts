import { describe, rangeError } from "../tensor/index.js";
import { inside } from "./format.js";
import { exactly } from "./numberTable.js";
import { productRows, productsCaption, productsOf } from "./products.js";
import type { Picture, PictureOptions } from "./types.js";
import { wrapText } from "./wrapText.js";

export interface DimensionsOptions extends PictureOptions {
  /** The words whose query and key these are. Default `query` and `key`. */
  readonly names?: Readonly<Record<"query" | "key", string>> | undefined;
  /** How many dimensions are shown; the others are summed up. Default 8. */
  readonly top?: number | undefined;
  /** What `q·k` is multiplied with. Default `1/√E`, as attention does it. */
  readonly scale?: number | undefined;
}

/**
 * Why a score is what it is: the dimensions of a query and a key whose products are farthest from 0, the strongest
 * first, what the others sum to, and the sum, scaled.
 *
 * @throws RangeError where query and key do not have as many numbers.
 */
export function dimensions(
  query: ArrayLike<number>,
  key: ArrayLike<number>,
  options: DimensionsOptions = {},
): Picture {
  if (query.length !== key.length) {
    const expected = `as many numbers as the query, ${query.length}`;
    throw rangeError("dimensions", "key", expected, describe(key.length));
  }
  const { width = 640, top = 8, scale = 1 / Math.sqrt(query.length) } = options;
  const names = options.names ?? { query: "query", key: "key" };
  const products = productsOf(query, key, top);
  const score = exactly(products.sum * scale);
  const rows = productRows(products, 0, width);
  const scaled = `score = ${exactly(products.sum)} × ${exactly(scale)}, the scale = ${score}`;
  const end = wrapText("score", rows.bottom + 8, width, scaled, { weight: 600 });
  const [from, to] = [inside(names.query), inside(names.key)];
  return {
    width,
    height: end.bottom + 4,
    title: `Why “${to}” has the score ${score} for “${from}”`,
    subtitle: options.subtitle ?? "",
    badges: options.badges ?? [],
    caption: productsCaption(products),
    marks: [...rows.marks, ...end.marks],
    table: () => ({
      columns: ["Dimension", "Query", "Key", "Product"],
      rows: productsOf(query, key, query.length).shown.map((d) => [
        String(d),
        ...[query, key, products.products].map((list) => exactly(list[d])),
      ]),
    }),
  };
}
