import type { Segment } from "qkv/explain";
import type { Paint } from "./paint.js";
import { percent } from "./percent.js";
import { center, textWidth } from "./textWidth.js";

const FILLS = ["█", "▒", "▓", "░"];

/** A segment with what stands below it. */
export interface Part extends Segment {
  readonly label: string;
  /** The word's index, for its colour; absent for several words together. */
  readonly word?: number;
}

/**
 * One bar, cut into segments as long as the weights, and below each what it is as far as there is
 * room: "river 24 %", else "river", else nothing (the bars above name every word).
 */
export function blend(parts: readonly Part[], width: number, paint: Paint): string[] {
  let [bar, labels] = ["", ""];
  parts.forEach(({ label, weight, word, from, to }, i) => {
    // Where segments end is rounded, not how long they are: so the lengths add up to the width.
    const length = Math.round(to * width) - Math.round(from * width);
    const fill = (paint.inColour ? "█" : FILLS[i % FILLS.length]).repeat(length);
    const room = i === parts.length - 1 ? length : length - 1;
    const fits = [`${label} ${percent(weight)} %`, label].find((text) => textWidth(text) <= room);
    const name = center(fits ?? "", length);
    bar += word === undefined ? paint.dim(fill) : paint.word(fill, word);
    labels += word === undefined ? name : paint.word(name, word);
  });
  return [bar, labels.trimEnd()];
}
