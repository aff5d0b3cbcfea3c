import { percent } from "./format.js";
import { circle, group, rect, text } from "./marks.js";
import { textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

/**
 * How dense the paint of a weight is: 0 for 0, 1 for 1, whatever the other weights are. The root makes 5 % visible; a
 * legend shows what it does.
 */
export function shadeOf(weight: number): number {
  return weight > 0 ? Math.sqrt(Math.min(weight, 1)) : 0;
}

/** The weight up to which ink is read on its shade, in light and in dark. */
const readable = 0.28;

/** How dense a plate of the ground must be under ink, so that it is read on the shade of a weight. */
export function plateOf(weight: number): number {
  return weight > readable ? 1 - shadeOf(readable) / shadeOf(weight) : 0;
}

const box = 16;
const rowHeight = 24;

/** What shades stand for, in as many rows as it needs, and where it ends. */
export function legend(
  left: number,
  top: number,
  width: number,
  blocked: boolean,
): { readonly mark: Mark; readonly bottom: number } {
  let [x, y] = [0, 0];
  const entries = ["0", "0.25", "0.5", "1", ...(blocked ? ["blocked"] : [])];
  const marks = entries.flatMap((entry): Mark[] => {
    const weight = Number(entry);
    const name = entry === "blocked" ? entry : percent(weight);
    const wide = box + 6 + textWidth(name, 13);
    if (x > 0 && x + wide > width) [x, y] = [0, y + rowHeight];
    const [from, middle] = [x, y + box / 2];
    x += wide + 14;
    const square = { x: from + 0.5, y: y + 0.5, width: box - 1, height: box - 1 };
    const look = { rx: 2, "fill-opacity": shadeOf(weight), stroke: "line" };
    return [
      entry === "blocked"
        ? circle("legend-blocked", [from + box / 2, middle], 2, "soft")
        : rect(`legend-${entry}`, square, "weight", look),
      text(`legend-name-${entry}`, from + box + 6, middle, name, { size: 13, fill: "soft" }),
    ];
  });
  return { mark: group("legend", left, top, marks), bottom: top + y + box };
}
