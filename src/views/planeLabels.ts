import { line, text, type Box } from "./marks.js";
import type { Point } from "./planeLayout.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark, Paint } from "./types.js";

/** A name that wants to stand beside a point. */
export interface Label {
  readonly id: string;
  readonly at: Point;
  readonly text: string;
  readonly fill: Paint;
  readonly weight?: number;
  /** Whether it stands on the left first. */
  readonly left: boolean;
}

const [size, height, away] = [14, 19, 11];
const longest = 120;

/** A place: the box, and where the text is anchored in it. */
interface Place {
  readonly box: Box;
  readonly anchor: "start" | "middle" | "end";
  readonly shift: number;
}

/**
 * Names beside their points, none on another nor on what is taken: those that come first stand next to their point,
 * others further up or down, with a line to it. A name without room is left out.
 */
export function labelMarks(labels: readonly Label[], taken: readonly Box[], frame: Box): Mark[] {
  const full = [...taken];
  return labels.flatMap((label) => {
    const { id, at, weight = 400, fill } = label;
    const shown = fit(label.text, Math.min(longest, frame.width / 2), size, weight);
    const wide = textWidth(shown, size, weight);
    const place = places(label, wide).find(
      ({ box }) => within(box, frame) && !full.some((other) => meet(box, other)),
    );
    if (place === undefined) return [];
    const { box, anchor, shift } = place;
    full.push(box);
    const x = { start: box.x, middle: box.x + wide / 2, end: box.x + wide }[anchor];
    const middle = box.y + height / 2;
    const name = text(`${id}-name`, x, middle, shown, { size, weight, anchor, fill });
    // Read over the lines that it crosses.
    const halo = {
      stroke: "ground",
      "stroke-width": 4,
      "paint-order": "stroke",
      "pointer-events": "none",
    };
    return [
      ...(Math.abs(shift) > height
        ? [line(`${id}-leader`, at, [x, middle], fill, { opacity: 0.4, "stroke-width": 0.8 })]
        : []),
      { ...name, attributes: { ...name.attributes, ...halo, "stroke-linejoin": "round" } },
    ];
  });
}

/** Where a name may stand, the best place first. */
function places({ at: [x, y], left }: Label, width: number): Place[] {
  const put = (x: number, y: number, anchor: Place["anchor"], shift = 0): Place => ({
    box: { x, y: y - height / 2, width, height },
    anchor,
    shift,
  });
  const start = (shift: number): Place => put(x + away, y + shift, "start", shift);
  const end = (shift: number): Place => put(x - away - width, y + shift, "end", shift);
  const sides = left ? [end, start] : [start, end];
  const steps = Array.from({ length: 9 }, (_, n) => [-(n + 1) * 12, (n + 1) * 12]).flat();
  return [
    ...sides.map((side) => side(0)),
    put(x - width / 2, y - height + 2, "middle"),
    put(x - width / 2, y + height - 2, "middle"),
    ...steps.flatMap((shift) => sides.map((side) => side(shift))),
  ];
}

function within(a: Box, b: Box): boolean {
  const margin = 3;
  return (
    a.x >= b.x + margin &&
    a.y >= b.y + margin &&
    a.x + a.width <= b.x + b.width - margin &&
    a.y + a.height <= b.y + b.height - margin
  );
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The box of a dot that no name may cover. */
export function dot([x, y]: Point, r: number): Box {
  return { x: x - r, y: y - r, width: 2 * r, height: 2 * r };
}
