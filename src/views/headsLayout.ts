import { textWidth } from "./textWidth.js";

/** Where the frames of heads lie. */
export interface HeadsLayout {
  /** The size of a frame. */
  readonly frame: number;
  readonly height: number;
  /** The size of the picture in it, and of its cells. */
  readonly side: number;
  readonly cell: number;
  /** Whether each layer has a line with its name above its heads: where names of frames have no room for it. */
  readonly headed: boolean;
  /** Where a head's frame is. */
  readonly place: (layer: number, head: number) => readonly [number, number];
  /** Where the heading of a layer has its middle. */
  readonly heading: (layer: number) => number;
  readonly bottom: number;
}

export const pad = 6;
const gap = 8;
const [nameHeight, noteHeight, headingHeight] = [24, 24, 30];
const largest = 260;

/**
 * Lays out heads, those of a layer together, as many beside each other as are not too small. A picture is `rows` cells
 * high; `most` cells are as long as it is wide.
 */
export function layOutHeads(
  counts: readonly number[],
  names: readonly string[],
  rows: number,
  most: number,
  width: number,
): HeadsLayout {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const least = all > 24 ? 72 : 120;
  const longest = Math.max(1, ...counts);
  const frameOf = (columns: number): number => Math.floor((width - (columns - 1) * gap) / columns);
  let lines = 1;
  while (lines < longest && frameOf(Math.ceil(longest / lines)) < least) lines++;
  const columns = Math.ceil(longest / lines);
  const frame = Math.min(largest, frameOf(columns));
  const side = frame - 2 * pad;
  const cell = side / most;
  const height = Math.ceil(nameHeight + cell * rows + noteHeight + pad);
  const headed = counts.length > 1 && names.some((name) => textWidth(name, 13, 600) > side);
  const tops: number[] = [];
  let y = 0;
  for (const count of counts) {
    tops.push(y);
    y += (headed ? headingHeight : 0) + Math.ceil(count / columns) * (height + gap);
  }
  return {
    frame,
    height,
    side,
    cell,
    headed,
    place: (layer, head) => [
      (head % columns) * (frame + gap),
      tops[layer] + (headed ? headingHeight : 0) + Math.floor(head / columns) * (height + gap),
    ],
    heading: (layer) => tops[layer] + headingHeight / 2,
    bottom: y - gap,
  };
}
