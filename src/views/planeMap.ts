import { circle, group, line, path, rect, round, still } from "./marks.js";
import { lineIn, type PlaneLayout, type Point } from "./planeLayout.js";
import type { Mark, Paint } from "./types.js";

/** From the origin to the edge of the dot at a point, with a head. */
export function arrow(
  id: string,
  from: Point,
  to: Point,
  look: { readonly pen: number; readonly dot?: number; readonly more?: Attributes },
): Mark {
  const { pen, dot = 5, more } = look;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const long = Math.sqrt(dx * dx + dy * dy);
  const [ux, uy] = long > 0 ? [dx / long, dy / long] : [0, 0];
  const cut = Math.min(dot, long);
  const size = Math.min(4 + pen, long - cut);
  const end: Point = [to[0] - cut * ux, to[1] - cut * uy];
  const wing = (side: number): string =>
    show([end[0] - size * (ux - 0.5 * side * uy), end[1] - size * (uy + 0.5 * side * ux)]);
  return path(id, `M${show(from)}L${show(end)}M${wing(1)}L${show(end)}L${wing(-1)}`, {
    fill: "none",
    stroke: "key",
    "stroke-width": pen,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    ...more,
  });
}

type Attributes = Readonly<Record<string, number | string>>;

const show = ([x, y]: Point): string => `${round(x)} ${round(y)}`;

/** The edge, and lines through the origin. */
export function ground({ frame, at }: PlaneLayout): Mark[] {
  const [x, y] = at([0, 0]);
  const thin = { "stroke-width": 1, opacity: 0.7 };
  return [
    rect("map", frame, "none", { stroke: "line", rx: 6 }),
    line("axis-0", [frame.x, y], [frame.x + frame.width, y], "line", thin),
    line("axis-1", [x, frame.y], [x, frame.y + frame.height], "line", thin),
    circle("origin", [x, y], 3, "soft"),
  ];
}

/** The line of a query, along which scores grow, and the one across it, on which they are 0. */
export function scoreLines({ frame, at }: PlaneLayout, [qx, qy]: Point): Mark[] {
  const origin = at([0, 0]);
  const along = lineIn(frame, origin, [qx, -qy]);
  const across = lineIn(frame, origin, [qy, qx]);
  return [
    ...(across
      ? [line("score-0", ...across, "soft", { "stroke-dasharray": "4 4", opacity: 0.8 })]
      : []),
    ...(along
      ? [line("score-line", ...along, "query", { opacity: 0.45, "stroke-width": 1.5 })]
      : []),
  ].map(still);
}

/** Where keys are on the line of a query: the order of their scores in the map. */
export function feet(
  { at, frame }: PlaneLayout,
  [qx, qy]: Point,
  keys: readonly Point[],
  pointed: number | undefined,
): Mark[] {
  const square = qx * qx + qy * qy;
  if (!(square > 0)) return [];
  const long = 1 / square;
  return keys.flatMap(([x, y], j) => {
    const part = (x * qx + y * qy) * long;
    const foot = at([part * qx, part * qy]);
    const [left, top] = [foot[0] - frame.x, foot[1] - frame.y];
    if (!(left > 3 && top > 3 && left < frame.width - 3 && top < frame.height - 3)) return [];
    const drop = { "stroke-dasharray": "2 3", opacity: 0.8 };
    return [
      ...(j === pointed ? [line("drop", at([x, y]), foot, "key", drop)] : []),
      circle(`foot-${j}`, foot, 2.5, "key", { "fill-opacity": 0.75 }),
    ].map(still);
  });
}

/** A circle to point at, larger than what is seen. */
export function touch(id: string, at: Point, r: number): Mark {
  return circle(id, at, r, "ground", { "fill-opacity": 0 });
}

/** A key: an arrow that ends in the colour of its word. */
export function keyMark(
  j: number,
  from: Point,
  to: Point,
  look: {
    readonly paint: Paint;
    readonly blocked: boolean;
    readonly chosen: boolean;
    readonly faint: boolean;
  },
  extra: Pick<Mark, "target" | "label">,
): Mark {
  const { paint, blocked, chosen, faint } = look;
  const opacity = blocked ? 0.5 : faint ? 0.35 : 1;
  const more = { opacity, ...(blocked && { "stroke-dasharray": "3 4" }) };
  const r = faint ? 3 : 4.5;
  const rim = { stroke: "key", "stroke-width": chosen ? 2.4 : 1.2, opacity: faint ? 0.6 : 1 };
  return group(
    `key-${j}`,
    0,
    0,
    [
      arrow(`arrow-${j}`, from, to, { pen: chosen ? 2.6 : 1.5, more }),
      circle(`tip-${j}`, to, r, paint, rim),
      touch(`touch-${j}`, to, 11),
    ],
    extra,
  );
}
