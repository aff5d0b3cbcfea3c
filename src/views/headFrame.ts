import { cellMarks, cellSteps, outlineOf, type CellsOf } from "./cells.js";
import { inside, percent, quoted } from "./format.js";
import { pad, type HeadsLayout } from "./headsLayout.js";
import { circle, group, rect, still, text, type Box } from "./marks.js";
import { mostOf, otherMostOf, type Pairs } from "./pairs.js";
import { smallLines } from "./smallLines.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

/** What all frames have in common. */
export interface FramesOf {
  readonly layout: HeadsLayout;
  readonly query: number;
  readonly kind: "matrix" | "lines";
  /** How many rows of cells the pictures are high. */
  readonly rows: number;
  /** Whether cells are too many to be a mark each. */
  readonly many: boolean;
}

/** One head of many. */
export interface HeadOf {
  readonly layer: number;
  readonly head: number;
  /** In sentences, and above its picture. */
  readonly name: string;
  readonly shown: string;
  readonly chosen: boolean;
}

/** The small picture of a head in its frame: its name above, below it the key that gets most. */
export function headFrame(pairs: Pairs, it: HeadOf, of: FramesOf): Mark {
  const { layer, head, name, shown, chosen } = it;
  const { layout, query, rows } = of;
  const { frame, height, side, cell } = layout;
  const target = { layer, head };
  const prefix = `${layer}-${head}-`;
  const { key, weight } = mostOf(pairs, query);
  const to = key < 0 ? "nothing" : pairs.named(query, key);
  const share = key < 0 ? "" : percent(weight);
  const note = noteOf(pairs, query, side - 13);
  // What is heard begins with what is seen.
  const said = note.includes(" · ") ? note : `${to} ${share}`.trim();
  const y = 24 + cell * rows + 13;
  const border = { rx: 6, stroke: chosen ? "ink" : "line", "stroke-width": chosen ? 2 : 1 };
  const edge = chosen ? 1 : 0.5;
  const inner = { x: edge, y: edge, width: frame - 2 * edge, height: height - 2 * edge };
  const marks = [
    rect(`${prefix}frame`, inner, "ground", border),
    text(`${prefix}name`, pad, 13, fit(shown, side, 13, 600), {
      size: 13,
      weight: chosen ? 600 : 400,
    }),
    group(`${prefix}picture`, pad, 24, pictureOf(pairs, of, { prefix, target })),
    ...(key < 0 ? [] : [circle(`${prefix}note-key`, [pad + 4, y], 4, `word-${key}`)]),
    text(`${prefix}note`, pad + (key < 0 ? 0 : 13), y, note, {
      size: noteSize,
      fill: "soft",
    }),
  ];
  return group(`head-${layer}-${head}`, ...layout.place(layer, head), marks, {
    target,
    label: `${name}: ${said} is what ${quoted(pairs.queries[query])} attends to most`,
    choice: chosen ? "chosen" : "open",
  });
}

const noteSize = 12;

/** The key that gets most, and if that is the word itself the strongest other too, where there is room for it. */
function noteOf(pairs: Pairs, query: number, room: number): string {
  const { key, weight } = mostOf(pairs, query);
  if (key < 0) return fit("nothing", room + 13, noteSize);
  const share = percent(weight);
  const left = room - textWidth(` ${share}`, noteSize);
  // The dot beside it has the colour of the key: where there is no room, it says enough.
  if (left < 24) return share;
  const own = pairs.same && key === query;
  const first = `${fit(own ? "itself" : inside(pairs.keys[key]), left, noteSize)} ${share}`;
  const other = own ? otherMostOf(pairs, query) : undefined;
  if (other === undefined || other.key < 0) return first;
  const both = `${first} · ${inside(pairs.keys[other.key])} ${percent(other.weight)}`;
  return textWidth(both, noteSize) <= room ? both : first;
}

function pictureOf(pairs: Pairs, of: FramesOf, cells: CellsOf): Mark[] {
  const { kind, query, many, layout } = of;
  const { side, cell } = layout;
  if (kind === "lines") return smallLines(pairs, query, side, cells);
  const row = { x: 0, y: query * cell, width: cell * pairs.keys.length, height: cell };
  return [
    ...(many ? cellSteps(pairs, cell, cells) : cellMarks(pairs, cell, cells)),
    still(outlineOf(`${cells.prefix ?? ""}row`, grown(row), 1.2)),
  ];
}

/** A thin row gets its frame around it, not in it. */
function grown(row: Box): Box {
  const { x, y, width, height } = row;
  return height >= 8 ? row : { x: x - 1.5, y: y - 1.5, width: width + 3, height: height + 3 };
}
