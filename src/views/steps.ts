import type { View } from "../explain/index.js";
import { inside, percent } from "./format.js";
import { exactly } from "./numberTable.js";
import { productRows, productsCaption, productsOf } from "./products.js";
import { softmaxText, sumText } from "./stepTexts.js";
import type { Mark, Paint, Picture, PictureOptions } from "./types.js";
import { outputRows, valueRows } from "./valueRows.js";
import { wrapText } from "./wrapText.js";

export interface StepsOptions extends PictureOptions {
  /** The position of the query. */
  readonly query: number;
  /** The position of the key. */
  readonly key: number;
  /** The vectors of the head: that of the query, of the key, and of the key's value. */
  readonly vectors: Readonly<Record<"query" | "key" | "value", ArrayLike<number>>>;
  /** What `q·k` is multiplied with. */
  readonly scale: number;
  /** How many dimensions are shown. Default 8. */
  readonly top?: number | undefined;
  /** How a token is written. Default: as it is. */
  readonly name?: ((text: string) => string) | undefined;
  /** The colour of what the key gives. Default: that of the word at its position. */
  readonly paint?: Paint | undefined;
}

/**
 * The calculation of one pair in one head, step by step: the products of query and key, the scale, the softmax, the
 * value times the weight, and the sum over all keys.
 */
export function steps(view: View, options: StepsOptions): Picture {
  const { width = 640, query: i, key: j, vectors, scale, top = 8 } = options;
  const paint = options.paint ?? (`word-${j}` as const);
  const name = (text: string): string => inside(options.name?.(text) ?? text);
  const [from, to] = [name(view.queries[i].text), name(view.keys[j].text)];
  const row = view.row(i);
  const weight = row.weights[j];
  const { reasons } = view.why(i, j);
  const blocked = reasons.length > 0;
  const why = reasons.map(({ text }) => text).join("; ");
  const products = { ...productsOf(vectors.query, vectors.key, top), sum: row.raw[j] };
  const score = row.biased[j];
  const size = row.output.length;
  const contribution = row.contributions.data.subarray(j * size, (j + 1) * size);

  const marks: Mark[] = [];
  let y = 0;
  const put = ({ marks: more, bottom }: { readonly marks: readonly Mark[]; readonly bottom: number }): void => {
    marks.push(...more);
    y = bottom;
  }; // prettier-ignore
  const heading = (n: number, content: string): void => {
    const gap = n === 1 ? 0 : 18;
    put(wrapText(`step-${n}`, y + gap, width, `${n} · ${content}`, { size: 16, weight: 600 }));
    y += 4;
  };
  const say = (n: number, content: string, more = {}): void =>
    put(wrapText(`equation-${n}`, y, width, content, more));

  heading(1, `The query of “${from}” times the key of “${to}”`);
  put(productRows(products, y, width));
  heading(2, "Scaled");
  say(2, scaledText());
  heading(3, "Softmax over the keys");
  say(
    3,
    blocked ? `Blocked: ${why}. The score counts as −∞, the weight is 0.` : softmaxText(row, j),
  );
  heading(4, `The value of “${to}”, times the weight`);
  if (weight > 0) put(valueRows(vectors.value, contribution, weight, paint, y, width, top));
  else say(4, "The weight is 0: nothing of the value is taken.", { fill: "soft" });
  heading(5, `Added up over all keys: what attention gives “${from}”`);
  say(5, sumText(row, name));
  put(outputRows(contribution, row.output, paint, y + 8, width, top));

  return {
    width,
    height: y + 4,
    title: `How “${from}” attends to “${to}”: ${blocked ? "blocked" : percent(weight)}`,
    subtitle: options.subtitle ?? view.name,
    badges: options.badges ?? [],
    caption: captionOf(),
    marks,
    table: () => ({
      columns: ["Key", "q·k", "Score", "Weight", "Length of weight × value"],
      rows: view.keys.map(({ id }, at) => [
        id,
        exactly(row.raw[at]),
        exactly(row.masked[at]),
        exactly(row.weights[at]),
        exactly(lengthOf(row.contributions.data.subarray(at * size, (at + 1) * size))),
      ]),
    }),
  };

  function scaledText(): string {
    const { scores, capped, biased } = row;
    const steps = [
      `q · k × scale = ${exactly(row.raw[j])} × ${exactly(scale)} = ${exactly(scores[j])}`,
      ...(capped[j] === scores[j] ? [] : [`softcapped: ${exactly(capped[j])}`]),
      ...(biased[j] === capped[j] ? [] : [`with the bias: ${exactly(biased[j])}`]),
    ];
    return `${steps.join("; ")}, the score`;
  }

  function captionOf(): string {
    if (blocked) return `“${from}” gives “${to}” nothing: the pair is blocked, ${why}.`;
    const open = row.keys.filter(({ blocked }) => blocked !== true);
    const above = open.filter(({ weight: other }) => other > weight).length;
    const among =
      open.length === 1
        ? "the only one"
        : above === 0
          ? `the largest of ${open.length}`
          : `number ${above + 1} of ${open.length} by size`;
    return `“${from}” gives “${to}” ${percent(weight)}: the score ${exactly(score)} is ${among}. ${productsCaption(products)}`;
  }
}

function lengthOf(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0));
}
