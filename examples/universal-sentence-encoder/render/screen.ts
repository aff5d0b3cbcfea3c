import { entropy, entropyUnit } from "../entropy.js";
import { bars, type Bar } from "./bars.js";
import { blend } from "./blend.js";
import { labelWords } from "./labels.js";
import { matrix, MATRIX_MARGIN, NARROWEST_CELL } from "./matrix.js";
import { percent } from "./percent.js";
import type { Paint } from "./paint.js";
import { section } from "./section.js";
import { printable, textWidth, truncate } from "./textWidth.js";

export interface ScreenInput {
  readonly sentence: string;
  readonly words: readonly string[];
  /** `weights[query][key]` between words; rows sum to 1. */
  readonly weights: readonly (readonly number[])[];
  /** Index of the word that is looked at. */
  readonly chosen: number;
  /** Where the weights come from: "layer 2 of 2, mean of its 4 heads". */
  readonly source: string;
  readonly notes: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
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
export function screen(input: ScreenInput): string[] {
  const { words, weights, chosen, source, notes, width, height, paint } = input;
  const count = words.length;
  const row = weights[chosen];
  const name = truncate(printable(words[chosen]), 24);
  const full = fullScale(row);

  const columnsThatFit = Math.floor((width - WIDEST_LABEL - MATRIX_MARGIN) / NARROWEST_CELL);
  const linesThatFit = Math.max(height - FIXED_LINES - notes.length, 2 * FEWEST_BARS);
  const shown = keep(
    row,
    chosen,
    Math.min(columnsThatFit, linesThatFit - Math.min(FEWEST_BARS, count)),
  );
  const folded = count - shown.length;
  const columnCount = shown.length + (folded > 0 ? 1 : 0);
  const onOthers = (from: readonly number[]) =>
    Math.max(1 - shown.reduce((sum, j) => sum + from[j], 0), 0);

  const space = Math.floor((width - WIDEST_LABEL - MATRIX_MARGIN) / columnCount);
  const cell = Math.min(Math.max(space, NARROWEST_CELL), WIDEST_CELL);
  const labels = labelWords(words, cell, WIDEST_LABEL);
  const columns = shown.map((i) => labels.columns[i]);

  const drawnBars = heaviest(row, linesThatFit - shown.length).map((bar): Bar =>
    bar.word === undefined
      ? { label: `${bar.count} more`, weight: bar.weight }
      : {
          label: labels.rows[bar.word],
          weight: bar.weight,
          word: bar.word,
          emphasis: bar.word === chosen,
        },
  );
  const labelWidth = Math.max(labels.width, ...drawnBars.map(({ label }) => textWidth(label)));

  const matrixRows = shown.map((i) => ({
    label: labels.rows[i],
    weights: shown.map((j) => weights[i][j]),
    ...(folded > 0 && { rest: onOthers(weights[i]) }),
    entropy: entropy(weights[i]),
    chosen: i === chosen,
  }));
  const segments = [
    ...shown.map((j, k) => ({ label: columns[k], weight: row[j], word: j })),
    ...(folded > 0 ? [{ label: "rest", weight: onOthers(row) }] : []),
  ];

  const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  return [
    `${paint.bold("Universal Sentence Encoder Lite")} · ${source}`,
    truncate(`“${printable(input.sentence)}”`, width),
    "",
    section(`what “${name}” attends to (a full bar is ${percent(full)} %)`, width, paint),
    ...indent(bars(drawnBars, { width: width - 2, labelWidth, full, paint })),
    "",
    section("what every word attends to, in % (a row sums to 100)", width, paint),
    ...matrix(columns, matrixRows, {
      cell,
      labelWidth: labels.width,
      paint,
    }),
    paint.dim(truncate(`  ${entropyUnit(count)}`, width)),
    "",
    section(`what “${name}” becomes: this blend of the words’ values`, width, paint),
    ...indent(blend(segments, width - 4, paint)),
    ...notes.map((note) => paint.dim(truncate(`  note: ${printable(note)}`, width))),
  ];
}

/** The chosen word and those it attends to most, ascending: at most `most` (and at least two). */
function keep(row: readonly number[], chosen: number, most: number): number[] {
  const order = row.map((_, i) => i);
  if (row.length <= most) return order;
  order.sort((a, b) => Number(b === chosen) - Number(a === chosen) || row[b] - row[a]);
  return order.slice(0, Math.max(most - 1, 2)).sort((a, b) => a - b);
}

interface Heavy {
  readonly weight: number;
  readonly word?: number;
  readonly count: number;
}

/** Weights from large to small; what goes beyond `most` lines is added up in the last. */
function heaviest(row: readonly number[], most: number): Heavy[] {
  const sorted: Heavy[] = row
    .map((weight, word) => ({ weight, word, count: 1 }))
    .sort((a, b) => b.weight - a.weight);
  if (sorted.length <= most) return sorted;
  const others = sorted.splice(most - 1);
  const weight = others.reduce((sum, other) => sum + other.weight, 0);
  return [...sorted, { weight, count: others.length }];
}

/** The weight of a bar that fills its space: the smallest round number above all single weights. */
function fullScale(row: readonly number[]): number {
  const strongest = Math.max(...row);
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.75].find((full) => strongest <= full) ?? 1;
}
