import { directionOf } from "../../marks.js";
import type { SceneContext } from "../types.js";
import { wordOf } from "./attention.js";
import { chip } from "./chip.js";
import { textWidth, type Box, type Mark } from "../../marks.js";

export interface Flow {
  readonly marks: readonly Mark[];
  readonly boxes: readonly Box[];
  readonly bottom: number;
}

export interface FlowOptions {
  readonly top?: number;
  readonly size?: number;
  /** Room below the line of the word that looks. */
  readonly below?: number;
  /** Room between lines. Default: as between words. */
  readonly between?: number;
}

/** The largest letters with which a sentence stands in one line; where it needs several, those of a text. */
export function largestOf({ reading: { groups }, width }: SceneContext, most: number): number {
  const each = groups.reduce((sum, { text }) => sum + textWidth(text, 1, 600) + 2, 0);
  const size = Math.floor((width * 0.96) / each);
  return size >= 15 ? Math.min(size, most) : width >= 720 ? 20 : 15;
}

/** All words as a sentence, in centred lines. */
export function flowOf(context: SceneContext, options: FlowOptions = {}): Flow {
  const { top = 0, size = 15, below = 0 } = options;
  const { between = size * 0.5 } = options;
  const { groups } = context.reading;
  const [gap, height] = [size * 0.5, size * 2.2];
  const widths = groups.map(({ text }) =>
    Math.min(textWidth(text, size, 600) + size * 1.5, context.width),
  );
  const lines: number[][] = [[]];
  let used = 0;
  widths.forEach((width, word) => {
    if (used > 0 && used + gap + width > context.width) {
      lines.push([]);
      used = 0;
    }
    used += (used > 0 ? gap : 0) + width;
    lines[lines.length - 1].push(word);
  });
  const backwards = directionOf(groups.map(({ text }) => text).join(" ")) === "rtl";
  const boxes: Box[] = [];
  let y = top;
  for (const line of lines) {
    const width = line.reduce((sum, word) => sum + widths[word], gap * (line.length - 1));
    let x = (context.width - width) / 2;
    for (const word of backwards ? [...line].reverse() : line) {
      boxes[word] = { x, y, width: widths[word], height };
      x += widths[word] + gap;
    }
    y += height + between + (line.includes(wordOf(context)) ? below : 0);
  }
  const marks = groups.map((_, word) => chip(context, word, boxes[word], size));
  return { marks, boxes, bottom: y - between };
}
