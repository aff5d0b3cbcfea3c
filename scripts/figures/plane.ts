import { marks, type Mark, type Paint } from "qkv/views";

const { line, path, text } = marks;

export type Point = readonly [number, number];

/** A plane of two numbers: its origin in pixels, and how many pixels a unit has. */
export interface Plane {
  readonly origin: Point;
  readonly unit: number;
}

/** A point of the plane in pixels; the second number grows upwards. */
export function at({ origin, unit }: Plane, [x, y]: Point): [number, number] {
  return [origin[0] + x * unit, origin[1] - y * unit];
}

/** The axes up to a point, with a tick at each step. */
export function axes(plane: Plane, [right, top]: Point, step: number): Mark[] {
  const end = 14 / plane.unit;
  const ticks = (length: number) =>
    Array.from({ length: Math.floor(length / step) }, (_, i) => (i + 1) * step);
  return [
    line("axis-x", at(plane, [0, 0]), at(plane, [right + end, 0]), "line", { "stroke-width": 1.5 }),
    line("axis-y", at(plane, [0, 0]), at(plane, [0, top + end]), "line", { "stroke-width": 1.5 }),
    ...ticks(right).map((x) => {
      const [px, py] = at(plane, [x, 0]);
      return text(`tick-x-${x}`, px, py + 15, String(x), {
        size: 13,
        anchor: "middle",
        fill: "soft",
      });
    }),
    ...ticks(top).map((y) => {
      const [px, py] = at(plane, [0, y]);
      return text(`tick-y-${y}`, px - 10, py, String(y), { size: 13, anchor: "end", fill: "soft" });
    }),
  ];
}

/** An arrow from the origin, or from another point. */
export function arrow(
  id: string,
  plane: Plane,
  to: Point,
  paint: Paint,
  width = 4,
  from: Point = [0, 0],
): Mark {
  const [x0, y0] = at(plane, from);
  const [x1, y1] = at(plane, to);
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const head = 3.2 * width;
  // The shaft ends inside the head, so that its cap does not blunt the tip.
  const [bx, by] = [x1 - head * dx, y1 - head * dy];
  const half = 0.42 * head;
  const points = [
    [x1, y1],
    [bx - half * dy, by + half * dx],
    [bx + half * dy, by - half * dx],
  ].map(pair);
  return marks.group(id, 0, 0, [
    line(`${id}-shaft`, [x0, y0], [bx + dx, by + dy], paint, {
      "stroke-width": width,
      "stroke-linecap": "round",
    }),
    path(`${id}-head`, `M${points.join("L")}Z`, { fill: paint }),
  ]);
}

const pair = ([x, y]: readonly number[]): string => `${marks.round(x)},${marks.round(y)}`;

/** `(2, 1)`. */
export function coordinates(point: Point, digits = 0): string {
  return `(${point.map((x) => x.toFixed(digits)).join(", ")})`;
}
