import type { WeightsView } from "../explain/index.js";
import { readIndex } from "../explain/readArguments.js";
import { inside, percent } from "./format.js";
import { headFrame } from "./headFrame.js";
import { headsCaption } from "./headsCaption.js";
import { layOutHeads, pad } from "./headsLayout.js";
import { text } from "./marks.js";
import { pairsOf, sharedBy } from "./pairs.js";
import { legend } from "./shade.js";
import type { Picture, PictureOptions } from "./types.js";

export interface HeadsOptions extends PictureOptions {
  /** The position of the query that is followed through the heads. Default 0. */
  readonly query?: number | undefined;
  /** The layer of the head that is chosen, from 0. */
  readonly layer?: number | undefined;
  /** The head that is chosen, from 0. */
  readonly head?: number | undefined;
  /** The names of the heads, for each layer. Default `layer 1 · head 1`, …, or `head 1`, … of one layer. */
  readonly names?: readonly (readonly string[])[] | undefined;
  /** A small matrix for each head (default), or lines between queries and keys. */
  readonly kind?: "matrix" | "lines" | undefined;
}

/** More cells than this at once are not a mark each. */
const mostCells = 3000;

/**
 * All heads at once, small, layer by layer: where each has its strong weights, and which key gets most of one query.
 *
 * @param views - the heads of each layer, on the same queries and keys.
 */
export function heads(
  views: readonly (readonly WeightsView[])[],
  options: HeadsOptions = {},
): Picture {
  const { width = 640, query = 0, kind = "matrix", names } = options;
  const layers = views.map((layer) => layer.map(pairsOf));
  const { queries, keys } = sharedBy(layers.flat());
  readIndex("heads", "options.query", query, queries.length);
  const short = (head: number): string => `head ${head + 1}`;
  const nameOf = (layer: number, head: number): string =>
    names?.[layer]?.[head] ??
    (layers.length > 1 ? `layer ${layer + 1} · ${short(head)}` : short(head));
  const all = layers.flatMap((layer, l) => layer.map((_, h) => nameOf(l, h)));
  const most = Math.max(queries.length, keys.length);
  const rows = kind === "lines" ? most : queries.length;
  const counts = layers.map(({ length }) => length);
  const layout = layOutHeads(counts, all, rows, most, width);
  const { headed } = layout;
  const many = all.length * queries.length * keys.length > mostCells;
  const every = { layout, query, kind, rows, many };
  const name = inside(queries[query]);

  const frames = layers.flatMap((layer, l) => [
    ...(headed && layer.length > 0
      ? [text(`layer-${l}`, pad, layout.heading(l), `layer ${l + 1}`, { weight: 600 })]
      : []),
    ...layer.map((pairs, h) => {
      const of = nameOf(l, h);
      const shown = headed && names === undefined ? short(h) : of;
      const chosen = l === (options.layer ?? 0) && h === options.head;
      return headFrame(pairs, { layer: l, head: h, name: of, shown, chosen }, every);
    }),
  ]);
  const axes =
    kind === "matrix" ? "rows: who looks · columns: at whom" : "left: who looks · right: at whom";
  const note = text("axes", pad, layout.bottom + 18, axes, { size: 13, fill: "soft" });
  const shades = legend(pad, layout.bottom + 34, width - pad, false);
  return {
    width,
    height: (kind === "matrix" ? shades.bottom : layout.bottom + 26) + 2,
    title: `What “${name}” attends to in each head`,
    subtitle: options.subtitle ?? `${all.length} heads`,
    badges: options.badges ?? [],
    caption: headsCaption(layers, query, nameOf),
    marks: [...frames, note, ...(kind === "matrix" ? [shades.mark] : [])],
    table: () => ({
      columns: ["Head", ...views.flat()[0].keys.map(({ id }) => id)],
      rows: layers.flatMap((layer, l) =>
        layer.map(({ weights }, h) => [nameOf(l, h), ...weights[query].map(percent)]),
      ),
    }),
  };
}
