import type { Box } from "./marks.js";

export type Point = readonly [x: number, y: number];

/** Where a plane lies in a picture. */
export interface PlaneLayout {
  /** The map. */
  readonly frame: Box;
  /** The bars: beside the map, or below it. */
  readonly beside: boolean;
  readonly bars: { readonly x: number; readonly width: number };
  /** Pixels for one unit of the plane. */
  readonly unit: number;
  /** Where a point of the plane is; y points upwards there. */
  readonly at: (point: Point) => Point;
  /** The point of the map that is nearest to one of the plane. */
  readonly inside: (point: Point) => Point;
}

const gap = 28;
/** How near to the edge of the map a query can be moved. */
const inset = 22;

/** Lays a plane out, so that all of its points and the origin are seen. What is moved in it changes nothing. */
export function layOut(points: readonly Point[], width: number): PlaneLayout {
  const beside = width >= 600;
  const barsWidth = beside ? Math.min(340, Math.max(232, width * 0.32)) : width;
  const mapWidth = beside ? width - barsWidth - gap : width;
  const height = Math.round(Math.min(520, Math.max(beside ? 320 : 260, mapWidth * 0.74)));
  const frame = { x: 0.5, y: 0.5, width: mapWidth - 1, height: height - 1 };
  const [left, right] = reach(points.map(([x]) => x));
  const [below, above] = reach(points.map(([, y]) => y));
  // Names stand beside the points.
  const room = [frame.width - 2 * Math.min(76, mapWidth * 0.15), frame.height - 2 * 30];
  const fitting = Math.min(room[0] / (right - left), room[1] / (above - below));
  const unit = Number.isFinite(fitting) ? fitting : 100;
  const middle = [frame.x + frame.width / 2, frame.y + frame.height / 2];
  const [x0, y0] = [
    middle[0] - (unit * (left + right)) / 2,
    middle[1] + (unit * (below + above)) / 2,
  ];
  const clamp = (x: number, from: number, to: number): number => Math.max(from, Math.min(to, x));
  return {
    frame,
    beside,
    bars: { x: beside ? width - barsWidth : 0, width: barsWidth },
    unit,
    at: ([x, y]) => [x0 + x * unit, y0 - y * unit],
    inside: ([x, y]) => [
      clamp(x, (frame.x + inset - x0) / unit, (frame.x + frame.width - inset - x0) / unit),
      clamp(y, (y0 - frame.y - frame.height + inset) / unit, (y0 - frame.y - inset) / unit),
    ],
  };
}

/** From where to where coordinates go, with the origin and some room on its other side. */
function reach(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return [Math.min(low, -0.25 * high), Math.max(high, -0.25 * low)];
}

/** The part of a line through a point that lies in a box; undefined where none does, or it has no direction. */
export function lineIn(
  { x, y, width, height }: Box,
  [px, py]: Point,
  [dx, dy]: Point,
): readonly [Point, Point] | undefined {
  let [from, to] = [-Infinity, Infinity];
  for (const [p, d, low, high] of [
    [px, dx, x, x + width],
    [py, dy, y, y + height],
  ]) {
    if (d === 0) {
      if (p < low || p > high) return undefined;
      continue;
    }
    const ends = [(low - p) / d, (high - p) / d];
    [from, to] = [Math.max(from, Math.min(...ends)), Math.min(to, Math.max(...ends))];
  }
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) return undefined;
  return [
    [px + from * dx, py + from * dy],
    [px + to * dx, py + to * dy],
  ];
}
