import type { WeightsView } from "../explain/index.js";
import { readIndex } from "../explain/readArguments.js";
import { compareCaption, type Cosines } from "./compareCaption.js";
import { mirrored, stacked } from "./compareLayout.js";
import { compareRows, points, sideText } from "./compareRows.js";
import { inside } from "./format.js";
import type { Picture, PictureOptions } from "./types.js";

export interface CompareOptions extends PictureOptions {
  /** The position of the query in the first view. Default 0. */
  readonly queryA?: number | undefined;
  /** The position of the query in the second view. Default that in the first. */
  readonly queryB?: number | undefined;
  /** What the two views are called. Default their sentences, or with and without what was left out. */
  readonly names?: readonly [string, string] | undefined;
  /** How alike the two are that the word becomes. */
  readonly cosine?: Cosines | undefined;
}

/** Below this width the two bars of a word lie under each other. */
const sideBySide = 560;

/**
 * What a word attends to in two views: in two sentences, or with and without some keys (`withoutKeys`). Words that both
 * have are on one line and have one colour, with what the second gives them more.
 */
export function compare(a: WeightsView, b: WeightsView, options: CompareOptions = {}): Picture {
  const { width = 640, queryA = 0, queryB = queryA, cosine } = options;
  readIndex("compare", "options.queryA", queryA, a.queries.length);
  readIndex("compare", "options.queryB", queryB, b.queries.length);
  const rows = compareRows(a, b, queryA, queryB);
  const gone = rows.filter((row) => row.b?.gone).map(({ text }) => text);
  const sentence = (view: WeightsView): string => view.queries.map(({ text }) => text).join(" ");
  const names =
    options.names ??
    (gone.length > 0
      ? ([`with ${gone.join(", ")}`, `without ${gone.join(", ")}`] as const)
      : ([sentence(a), sentence(b)] as const));
  const words = [a.queries[queryA].text, b.queries[queryB].text] as const;
  const own = [a.queries === a.keys ? queryA : -1, b.queries === b.keys ? queryB : -1] as const;
  const title =
    gone.length > 0
      ? `“${inside(words[0])}” without ${gone.map((text) => `“${inside(text)}”`).join(", ")}`
      : words[0] === words[1]
        ? `“${inside(words[0])}” in two sentences`
        : `“${inside(words[0])}” and “${inside(words[1])}”`;
  const layout = width < sideBySide ? stacked : mirrored;
  const { marks, height } = layout({ rows, names, own, query: queryA, width });
  return {
    width,
    height,
    title,
    subtitle: options.subtitle ?? (gone.length > 0 ? sentence(a) : names.map(inside).join(" · ")),
    badges: options.badges ?? [],
    caption: compareCaption({ rows, words, names, own, cosine }),
    marks,
    table: () => ({
      columns: ["Key", ...names, "Difference"],
      rows: rows.map(({ id, a, b, difference }) => [
        id,
        sideText(a),
        sideText(b),
        difference === undefined ? "–" : points(difference),
      ]),
    }),
  };
}
