import { group, line, rect, type Box, type Mark, type Paint, type Target } from "../../marks.js";

/** How many numbers of a vector a strip shows. */
export const cellsIn = (width: number): number => (width >= 240 ? 16 : width >= 130 ? 12 : 8);

/** The largest size among numbers: what a strip is drawn on. */
export const sizeOf = (vectors: readonly (readonly number[])[]): number =>
  Math.max(1e-9, ...vectors.flat().map(Math.abs));

interface Extra {
  /** Bars as the square roots of the numbers, where a few are far larger than the others. */
  readonly root?: boolean;
  readonly target?: Target;
  readonly label?: string;
  readonly choice?: "open" | "chosen";
}

/**
 * A vector as bars about a middle line: up for numbers above 0, down and paler for those below, `size` is full.
 * A strip keeps its marks wherever it goes.
 */
export function strip(
  id: string,
  { x, y, width, height }: Box,
  numbers: readonly number[],
  paint: Paint,
  size: number,
  extra: Extra = {},
): Mark {
  const { root = false, ...named } = extra;
  const pad = 3;
  const step = (width - 2 * pad) / numbers.length;
  const share = (value: number): number => Math.min(Math.abs(value), size) / size;
  const half = height / 2 - pad;
  const bars = numbers.map((value, n) => {
    const long = (root ? Math.sqrt(share(value)) : share(value)) * half;
    const box = {
      x: pad + n * step + step * 0.14,
      y: value > 0 ? height / 2 - long : height / 2,
      width: step * 0.72,
      height: Math.max(long, 0.5),
    };
    return rect(`${id}-${n}`, box, paint, { rx: 1, opacity: value < 0 ? 0.55 : 1 });
  });
  const room = rect(`${id}-room`, { x: 0, y: 0, width, height }, "ground", {
    rx: 5,
    stroke: "line",
    "stroke-width": 1,
  });
  const axis = line(`${id}-axis`, [pad, height / 2], [width - pad, height / 2], "line");
  return group(id, x, y, [room, axis, ...bars], named);
}
