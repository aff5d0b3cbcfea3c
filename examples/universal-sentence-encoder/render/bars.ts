import type { Paint } from "./paint.js";
import { percent } from "./percent.js";
import { padEnd } from "./textWidth.js";

export interface Bar {
  readonly label: string;
  readonly weight: number;
  /** The word's index, for its colour; absent when the weight is that of several words together. */
  readonly word?: number;
  readonly emphasis?: boolean;
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A line for each bar. `full` is the weight of a bar that fills its space. */
export function bars(
  list: readonly Bar[],
  {
    width,
    labelWidth,
    full,
    paint,
  }: { width: number; labelWidth: number; full: number; paint: Paint },
): string[] {
  const space = width - labelWidth - 10;
  return list.map(({ label, weight, word, emphasis }) => {
    const text = padEnd(label, labelWidth);
    const number = `${percent(weight, 1).padStart(5)} %`;
    // What several words hold together is no bar to compare with theirs.
    const bar = word === undefined ? "together" : solid((weight / full) * space);
    const painted = word === undefined ? paint.dim(bar) : paint.word(bar, word);
    return `${emphasis ? paint.bold(text) : text} ${number}  ${painted}`;
  });
}

/** A bar of so many columns, to an eighth of a column. */
export function solid(columns: number): string {
  const eighths = Math.round(columns * 8);
  return "█".repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}
