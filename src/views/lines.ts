import type { WeightsView } from "../explain/index.js";
import { readIndex } from "../explain/readArguments.js";
import { faintLines, strongLines } from "./curves.js";
import { inside, percent } from "./format.js";
import { fromAfar } from "./fromAfar.js";
import { linesCaption } from "./linesCaption.js";
import { group, rect, text } from "./marks.js";
import { pairsOf } from "./pairs.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark, Paint, Picture, PictureOptions } from "./types.js";

export interface LinesOptions extends PictureOptions {
  /** The position of the query whose lines are strong. Default 0. */
  readonly query?: number | undefined;
  /** The position of a key that is pointed out. */
  readonly key?: number | undefined;
}

/** More room between words than this only makes lines longer, unless the words are large. */
const widest = 760;
const top = 28;

/**
 * Queries on the left, keys on the right, and a line for each weight: those of one query as thick as they weigh, where
 * all of a row is as thick as a word is high; those of the others faint behind.
 */
export function lines(view: WeightsView, options: LinesOptions = {}): Picture {
  const { query = 0, key: marked } = options;
  readIndex("lines", "options.query", query, view.queries.length);
  const pairs = pairsOf(view);
  const { queries, keys, weights, blocked, same } = pairs;
  const rows = Math.max(queries.length, keys.length);
  const large = fromAfar(rows, options.width ?? 640);
  const width = Math.min(large ? 1000 : widest, options.width ?? 640);
  const rowHeight = large ? 64 : rows > 16 ? 26 : rows > 5 ? 40 : 52;
  const chip = rowHeight * 0.8;
  const size = large ? 22 : rows > 16 ? 13 : 15;
  const numberWidth = large ? 98 : 72;
  const room = Math.min(large ? 260 : 180, (width - numberWidth) * 0.32);
  const widthOf = (them: readonly string[]): number =>
    Math.min(room, Math.max(...them.map((name) => textWidth(name, size, 600))) + 18);
  const [left, right] = [widthOf(queries), width - numberWidth - widthOf(keys)];
  // The shorter side is in the middle of the longer one.
  const yOf =
    (count: number) =>
    (n: number): number =>
      top + (n + 0.5 + (rows - count) / 2) * rowHeight;
  const ends = { left, right, queryY: yOf(queries.length), keyY: yOf(keys.length) };

  const chipOf = (id: string, name: string, wide: number, fill: Paint, strong: boolean): Mark[] => [
    rect(`${id}-chip`, { x: 1, y: 1, width: wide - 2, height: chip - 2 }, fill, {
      rx: 6,
      stroke: strong ? "ink" : "none",
      "stroke-width": 2,
    }),
    text(`${id}-name`, wide / 2, chip / 2, fit(name, wide - 12, size, strong ? 600 : 400), {
      size,
      anchor: "middle",
      weight: strong ? 600 : 400,
    }),
  ];
  const asking = queries.map((name, i): Mark => {
    const marks = chipOf(`query-${i}`, name, left, same ? `word-${i}` : "line", i === query);
    return group(`query-${i}`, 0, ends.queryY(i) - chip / 2, marks, {
      target: { query: i },
      label: inside(name),
      choice: i === query ? "chosen" : "open",
    });
  });
  const asked = keys.map((name, j): Mark => {
    const wide = width - numberWidth - right;
    const none = blocked(query, j);
    const number = text(
      `number-${j}`,
      wide + 8,
      chip / 2,
      none ? "blocked" : percent(weights[query][j]),
      {
        size: none ? size * 0.8 : size,
        weight: j === marked ? 600 : 400,
        fill: none ? "soft" : "ink",
      },
    );
    const marks = [...chipOf(`key-${j}`, name, wide, `word-${j}`, j === marked), number];
    return group(`key-${j}`, right, ends.keyY(j) - chip / 2, marks, {
      target: { query, key: j },
      label: pairs.label(query, j),
    });
  });
  const name = inside(queries[query]);
  const head = (id: string, x: number, what: string): Mark =>
    text(id, x, 10, what, { size: large ? 16 : 13, fill: "soft" });
  return {
    width,
    height: top + rows * rowHeight + 2,
    title: `Where “${name}” looks`,
    subtitle: options.subtitle ?? view.name,
    badges: options.badges ?? [],
    caption: linesCaption(pairs, query),
    marks: [
      head("queries-head", 0, "queries"),
      head("keys-head", right, "keys"),
      ...faintLines(pairs, query, ends),
      ...strongLines(pairs, query, ends, chip),
      ...asking,
      ...asked,
    ],
    table: () => ({
      columns: ["Query", ...view.keys.map(({ id }) => id)],
      rows: view.queries.map(({ id }, i) => [
        id,
        ...weights[i].map((weight, j) => (blocked(i, j) ? "blocked" : percent(weight))),
      ]),
    }),
  };
}
