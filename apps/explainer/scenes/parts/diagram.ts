import { fit, group, path, rect, text, type Mark, type Paint } from "../../marks.js";

/** One step of the whole story, as a box. */
export interface Step {
  readonly id: string;
  readonly name: string;
  readonly size: string;
  readonly paint: Paint;
}

export function boxOf({ id, name, size, paint }: Step, x: number, y: number, width: number): Mark {
  return group(`step-${id}`, x, y, [
    rect(`step-${id}-room`, { x: 1, y: 1, width: width - 2, height: 50 }, "ground", { rx: 8, stroke: paint, "stroke-width": 2 }), // prettier-ignore
    text(`step-${id}-name`, width / 2, 18, fit(name, width - 8, 15, 600), { weight: 600, anchor: "middle", fill: paint === "line" ? "ink" : paint }), // prettier-ignore
    text(`step-${id}-size`, width / 2, 37, fit(size, width - 8, 12), { size: 12, anchor: "middle", fill: "soft" }), // prettier-ignore
  ]);
}

/** An arrow down from a box to another; both points are given. */
export function arrow(id: string, x: number, y: number, u: number, v: number): Mark {
  const half = (y + v) / 2;
  return path(id, `M${x},${y} C${x},${half} ${u},${half} ${u},${v - 2} m-4,-5 l4,5 l4,-5`, {
    fill: "none",
    stroke: "soft",
    "stroke-width": 1.5,
  });
}
