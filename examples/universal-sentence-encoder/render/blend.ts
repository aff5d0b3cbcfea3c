import type { Paint } from "./paint.js";
import { percent } from "./percent.js";
import { center, textWidth } from "./textWidth.js";

const FILLS = ["█", "▒", "▓", "░"];

export interface Segment {
  readonly label: string;
  readonly weight: number;
  readonly word?: number;
}

/**
 * One bar, cut into segments as long as the weights, and below each what it is as far as there is
 * room: "river 24 %", else "river", else nothing (the bars above name every word).
 */
export function blend(segments: readonly Segment[], width: number, paint: Paint): string[] {
  // Round where segments end, not how long they are: so the lengths always add up to the width.
  let sum = 0;
  const ends = segments.map(({ weight }) => Math.round((sum += weight) * width));
  const lengths = ends.map((end, i) => end - (ends[i - 1] ?? 0));

  const bar = segments.map(({ word }, i) => {
    if (paint.inColour) {
      const text = "█".repeat(lengths[i]);
      return word === undefined ? paint.dim(text) : paint.word(text, word);
    }
    return FILLS[i % FILLS.length].repeat(lengths[i]);
  });
  const labels = segments.map(({ label, weight, word }, i) => {
    const room = i === segments.length - 1 ? lengths[i] : lengths[i] - 1;
    const fits = [`${label} ${percent(weight)} %`, label].find((text) => textWidth(text) <= room);
    const text = center(fits ?? "", lengths[i]);
    return word === undefined ? text : paint.word(text, word);
  });
  return [bar.join(""), labels.join("").trimEnd()];
}
