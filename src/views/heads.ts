import type { WeightsView } from "../explain/index.js";
import { readIndex } from "../explain/readArguments.js";
import { cellMarks, cellSteps, outlineOf, type CellsOf } from "./cells.js";
import { inside, percent } from "./format.js";
import { headsCaption } from "./headsCaption.js";
import { layOutHeads, pad } from "./headsLayout.js";
import { circle, group, rect, still, text, type Box } from "./marks.js";
import { mostOf, pairsOf, sharedBy, type Pairs } from "./pairs.js";
import { legend } from "./shade.js";
import { smallLines } from "./smallLines.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark, Picture, PictureOptions } from "./types.js";

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
  const { frame, height, side, cell, headed } = layout;
  const many = all.length * queries.length * keys.length > mostCells;
  const name = inside(queries[query]);

  const frames = layers.flatMap((layer, l) => [
    ...(headed && layer.length > 0
      ? [text(`layer-${l}`, pad, layout.heading(l), `layer ${l + 1}`, { weight: 600 })]
      : []),
    ...layer.map((pairs, h) => frameOf(pairs, l, h)),
  ]);
  const shades = legend(pad, layout.bottom + 12, width - pad, false);
  return {
    width,
    height: (kind === "matrix" ? shades.bottom : layout.bottom) + 2,
    title: `What “${name}” attends to in each head`,
    subtitle: options.subtitle ?? `${all.length} heads`,
    badges: options.badges ?? [],
    caption: headsCaption(layers, query, nameOf),
    marks: kind === "matrix" ? [...frames, shades.mark] : frames,
    table: () => ({
      columns: ["Head", ...views.flat()[0].keys.map(({ id }) => id)],
      rows: layers.flatMap((layer, l) =>
        layer.map(({ weights }, h) => [nameOf(l, h), ...weights[query].map(percent)]),
      ),
    }),
  };

  function frameOf(pairs: Pairs, layer: number, head: number): Mark {
    const chosen = layer === (options.layer ?? 0) && head === options.head;
    const of = { prefix: `${layer}-${head}-`, target: { layer, head } };
    const { key, weight } = mostOf(pairs, query);
    const to = key < 0 ? "nothing" : pairs.named(query, key);
    const share = key < 0 ? "" : percent(weight);
    // The dot beside it has the colour of the key: where there is no room, it says enough.
    const room = side - 13 - textWidth(` ${share}`, 12);
    const note = room < 24 ? share || "–" : `${fit(to, room, 12)} ${share}`.trim();
    const own = headed && names === undefined ? short(head) : nameOf(layer, head);
    const y = 24 + cell * rows + 13;
    const border = { rx: 6, stroke: chosen ? "ink" : "line", "stroke-width": chosen ? 2 : 1 };
    const edge = chosen ? 1 : 0.5;
    const inner = { x: edge, y: edge, width: frame - 2 * edge, height: height - 2 * edge };
    const marks = [
      rect(`${of.prefix}frame`, inner, "ground", border),
      text(`${of.prefix}name`, pad, 13, fit(own, side, 13, 600), {
        size: 13,
        weight: chosen ? 600 : 400,
      }),
      group(`${of.prefix}picture`, pad, 24, pictureOf(pairs, of)),
      ...(key < 0 ? [] : [circle(`${of.prefix}note-key`, [pad + 4, y], 4, `word-${key}`)]),
      text(`${of.prefix}note`, pad + (key < 0 ? 0 : 13), y, note, {
        size: 12,
        fill: "soft",
      }),
    ];
    return group(`head-${layer}-${head}`, ...layout.place(layer, head), marks, {
      target: of.target,
      label: `${nameOf(layer, head)}: ${`${to} ${share}`.trim()} is what ${name} attends to most`,
      choice: chosen ? "chosen" : "open",
    });
  }

  function pictureOf(pairs: Pairs, of: CellsOf): Mark[] {
    if (kind === "lines") return smallLines(pairs, query, side, of);
    const row = { x: 0, y: query * cell, width: cell * keys.length, height: cell };
    return [
      ...(many ? cellSteps(pairs, cell, of) : cellMarks(pairs, cell, of)),
      still(outlineOf(`${of.prefix}row`, grown(row), 1.2)),
    ];
  }
}

/** A thin row gets its frame around it, not in it. */
function grown(row: Box): Box {
  const { x, y, width, height } = row;
  return height >= 8 ? row : { x: x - 1.5, y: y - 1.5, width: width + 3, height: height + 3 };
}
