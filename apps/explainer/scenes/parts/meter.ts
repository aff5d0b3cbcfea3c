import { fit, rect, text, type Mark, type Paint } from "../../marks.js";

export interface MeterOptions {
  readonly paint: Paint;
  /** Default from 0 to 1. */
  readonly range?: readonly [number, number];
  readonly outlined?: boolean;
  readonly size?: number;
  readonly fill?: Paint;
  /** Default true: the bar itself, and not only its room. */
  readonly bar?: boolean;
}

/** How high a meter is: a number, and its bar below. */
export const meterHeight = 36;

/** A number with a bar below it, on a scale that stays whatever the others are. */
export function meter(
  id: string,
  [x, y]: readonly [number, number],
  width: number,
  value: number,
  name: string,
  { paint, range = [0, 1], outlined = false, size = 14, fill = "ink", bar = true }: MeterOptions,
): Mark[] {
  const [from, to] = range;
  const at = (it: number): number => x + ((it - from) / (to - from)) * width;
  const [a, b] = [at(Math.min(0, value)), at(Math.max(0, value))];
  const box = { x: a, y: y + 22, width: Math.max(b - a, value === 0 ? 0 : 1), height: 12 };
  const edge = outlined ? { stroke: "ink", "stroke-width": 1.5 } : {};
  return [
    rect(`${id}-room`, { ...box, x, width }, "line", { rx: 3, opacity: 0.3 }),
    ...(bar ? [rect(`${id}-bar`, box, paint, { rx: 3, ...edge })] : []),
    text(`${id}-number`, x, y + 10, fit(name, width, size), { size, fill }),
  ];
}
