import { percent } from "./format.js";
import { group, line, rect, text } from "./marks.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark, Paint } from "./types.js";

/** Shares of a word's state after its attention was added. They sum to 1; one may be negative. */
export interface NextState {
  /** What it was before. */
  readonly residual: number;
  /** What attention adds. */
  readonly attention: number;
  /** The bias of the output projection. */
  readonly bias: number;
}

const height = 28;

/** What a word's next state is the sum of, in one bar. What is negative is left of 0. */
export function nextBar(
  { residual, attention, bias }: NextState,
  query: number,
  name: string,
  top: number,
  width: number,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const parts: readonly (readonly [id: string, name: string, share: number, paint: Paint])[] = [
    ["residual", "as it was", residual, `word-${query}`],
    ["attention", "attention", attention, "weight"],
    ["bias", "bias", bias, "soft"],
  ];
  const sumOf = (sign: number): number =>
    parts.reduce((sum, [, , share]) => sum + (share * sign > 0 ? share : 0), 0);
  // By twentieths, so that the scale stays where shares change a little.
  const low = Math.floor(sumOf(-1) * 20 + 1e-6) / 20;
  const high = Math.max(1, Math.ceil(sumOf(1) * 20 - 1e-6) / 20);
  const at = (share: number): number => ((share - low) / (high - low)) * width;
  let [right, left] = [0, 0];
  const bar = top + 22;
  const boxes = parts.map(([id, said, share, paint]): Mark => {
    const from = share < 0 ? (left += share) : right;
    if (share > 0) right += share;
    const long = at(from + Math.abs(share)) - at(from);
    const shown = Math.max(long - 2, Math.min(long, 1));
    const box = { x: at(from) + (long - shown) / 2, y: bar, width: shown, height };
    const label = `${said}: ${percent(share)}`;
    return rect(`next-${id}`, box, paint, { rx: Math.min(3, shown / 3) }, { label });
  });
  let [x, y] = [0, bar + height + 10];
  const entries = parts.flatMap(([id, said, share, paint]): Mark[] => {
    const content = `${said} ${percent(share)}`;
    const wide = 20 + textWidth(content, 14);
    if (x > 0 && x + wide > width) [x, y] = [0, y + 22];
    const entry = group(`next-entry-${id}`, x, y, [
      rect(`next-colour-${id}`, { x: 0, y: 2, width: 14, height: 14 }, paint, { rx: 3 }),
      text(`next-name-${id}`, 20, 9, content, { size: 14 }),
    ]);
    x += wide + 18;
    return [entry];
  });
  const title = `“${name}” with attention added`;
  return {
    marks: [
      text("next-title", 0, top + 8, fit(title, width, 13), { size: 13, fill: "soft" }),
      ...boxes,
      ...(low < 0 ? [line("next-zero", [at(0), bar - 4], [at(0), bar + height + 4], "ink")] : []),
      ...entries,
    ],
    bottom: y + 20,
  };
}
