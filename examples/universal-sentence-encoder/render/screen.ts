import type { Row, WeightsView } from "qkv/explain";
import { bars, type Bar } from "./bars.js";
import { blend } from "./blend.js";
import { entropyUnit } from "./entropyUnit.js";
import { labelWords } from "./labels.js";
import { matrix, MATRIX_MARGIN, NARROWEST_CELL } from "./matrix.js";
import { percent } from "./percent.js";
import type { Paint } from "./paint.js";
import { section } from "./section.js";
import { printable, textWidth, truncate } from "./textWidth.js";

/** What a picture is about, and how it is drawn. */
export interface Frame {
  readonly sentence: string;
  readonly words: readonly string[];
  /** Index of the word that is looked at. */
  readonly chosen: number;
  readonly notes: readonly string[];
  readonly width: number;
  readonly paint: Paint;
}

/** Attention between words, and where it is from: "layer 2 of 2, mean of its 4 heads". */
export interface TitledView {
  readonly title: string;
  readonly view: WeightsView;
}

/** Lines of the screen besides one for each bar, matrix row and note. */
const FIXED_LINES = 12;
const WIDEST_LABEL = 12;
const WIDEST_CELL = 9;
const FEWEST_BARS = 5;

/**
 * One screen: what a word attends to, the whole matrix, and the blend that the word becomes. A
 * sentence too long for the screen keeps the words that the chosen one attends to most, in the
 * order of the sentence; the others are added up as "rest", so that every row still sums to 1.
 */
export function screen(
  { sentence, words, chosen, notes, width, paint }: Frame,
  { title, view }: TitledView,
  height: number,
): string[] {
  const row = view.row(chosen);
  const name = truncate(printable(words[chosen]), 24);
  const full = fullScale(row);

  const columnsThatFit = Math.floor((width - WIDEST_LABEL - MATRIX_MARGIN) / NARROWEST_CELL);
  const linesThatFit = Math.max(height - FIXED_LINES - notes.length, 2 * FEWEST_BARS);
  const most = Math.min(columnsThatFit, linesThatFit - Math.min(FEWEST_BARS, words.length));
  const shown = keep(row, most);
  const folded = fold(view, shown);

  const space = Math.floor((width - WIDEST_LABEL - MATRIX_MARGIN) / folded.keys.length);
  const cell = Math.min(Math.max(space, NARROWEST_CELL), WIDEST_CELL);
  const labels = labelWords(words, cell, WIDEST_LABEL);
  const drawnBars = heaviest(row, linesThatFit - shown.length, labels.rows);
  const labelWidth = Math.max(labels.width, ...drawnBars.map(({ label }) => textWidth(label)));
  // The entropy is that of the whole row.
  const drawnMatrix = { ...view.matrix(), keys: folded.keys, weights: folded.matrix().weights };
  const parts = folded.blend(chosen).map((segment) => {
    const word = shown[segment.keyIndex];
    return { ...segment, word, label: word === undefined ? "rest" : labels.columns[word] };
  });

  const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  return [
    `${paint.bold("Universal Sentence Encoder Lite")} · ${title}`,
    truncate(`“${printable(sentence)}”`, width),
    "",
    section(`what “${name}” attends to (a full bar is ${percent(full)} %)`, width, paint),
    ...indent(bars(drawnBars, { width: width - 2, labelWidth, full, paint })),
    "",
    section("what every word attends to, in % (a row sums to 100)", width, paint),
    ...matrix({ matrix: drawnMatrix, labels, chosen, cell, paint }, shown),
    paint.dim(truncate(`  ${entropyUnit(words.length)}`, width)),
    "",
    section(`what “${name}” becomes: this blend of the words’ values`, width, paint),
    ...indent(blend(parts, width - 4, paint)),
    ...notes.map((note) => paint.dim(truncate(`  note: ${printable(note)}`, width))),
  ];
}

/** The word of a row and those it attends to most, ascending: all, or fewer than `most` (at least two). */
function keep({ query, keys }: Row, most: number): number[] {
  const count = keys.length <= most ? keys.length : Math.max(most - 1, 2);
  const others = keys.filter(({ keyIndex }) => keyIndex !== query.index);
  const kept = others.slice(0, count - 1).map(({ keyIndex }) => keyIndex);
  return [query.index, ...kept].sort((a, b) => a - b);
}

/** The view with the words that are not shown as one more key, "rest". */
function fold(view: WeightsView, shown: readonly number[]): WeightsView {
  const words = view.keys.map(({ text, index }) => ({ text, pieces: [index] }));
  const rest = view.keys.map(({ index }) => index).filter((index) => !shown.includes(index));
  if (rest.length === 0) return view;
  return view.words(words, [...shown.map((i) => words[i]), { text: "rest", pieces: rest }]);
}

/** A bar for each key from large to small; what goes beyond `most` lines is added up in the last. */
function heaviest({ query, keys }: Row, most: number, labels: readonly string[]): Bar[] {
  const single = keys.length <= most ? keys : keys.slice(0, most - 1);
  const others = keys.slice(single.length);
  const list: Bar[] = single.map(({ keyIndex, weight }) => ({
    label: labels[keyIndex],
    weight,
    word: keyIndex,
    emphasis: keyIndex === query.index,
  }));
  if (others.length === 0) return list;
  const weight = others.reduce((sum, other) => sum + other.weight, 0);
  return [...list, { label: `${others.length} more`, weight }];
}

/** The weight of a bar that fills its space: the smallest round number above all single weights. */
function fullScale({ keys: [strongest] }: Row): number {
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.75].find((full) => strongest.weight <= full) ?? 1;
}
