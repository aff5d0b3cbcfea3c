import { path, rect, round, type Box } from "./marks.js";
import type { Pairs } from "./pairs.js";
import { shadeOf } from "./shade.js";
import type { Mark, Target } from "./types.js";

/** Of which head cells are, where there are several. */
export interface CellsOf {
  /** Before the ids of the marks. Default nothing. */
  readonly prefix?: string;
  readonly target?: Target;
}

const gapOf = (cell: number): number => (cell >= 16 ? 2 : cell >= 8 ? 1 : cell / 10);

/** A square for each pair, as dense as its weight. One without weight is there too: a reader can point at it. */
export function cellMarks({ weights, label }: Pairs, cell: number, of: CellsOf = {}): Mark[] {
  const { prefix = "", target } = of;
  const gap = gapOf(cell);
  const side = { width: cell - gap, height: cell - gap };
  return weights.flatMap((row, i) =>
    row.map((weight, j) =>
      rect(
        `${prefix}cell-${i}-${j}`,
        { x: j * cell + gap / 2, y: i * cell + gap / 2, ...side },
        "weight",
        { "fill-opacity": shadeOf(weight), rx: cell >= 16 ? 2 : undefined },
        { target: { ...target, query: i, key: j }, label: label(i, j) },
      ),
    ),
  );
}

const steps = 8;

/** The same where squares are too many to be a mark each: one path for all that are about as dense. */
export function cellSteps({ weights }: Pairs, cell: number, { prefix = "" }: CellsOf): Mark[] {
  const gap = gapOf(cell);
  const side = round(cell - gap);
  const square = `h${side}v${side}h${-side}z`;
  const paths = new Map<number, string>();
  weights.forEach((row, i) => {
    row.forEach((weight, j) => {
      const step = Math.round(shadeOf(weight) * steps);
      const at = `M${round(j * cell + gap / 2)} ${round(i * cell + gap / 2)}`;
      if (step > 0) paths.set(step, `${paths.get(step) ?? ""}${at}${square}`);
    });
  });
  return [...paths]
    .sort(([a], [b]) => a - b)
    .map(([step, d]) =>
      path(`${prefix}cells-${step}`, d, { fill: "weight", "fill-opacity": step / steps }),
    );
}

/** A frame around what is chosen, inside of a box. */
export function outlineOf(id: string, { x, y, width, height }: Box, pen: number): Mark {
  const half = pen / 2;
  const inner = { x: x + half, y: y + half, width: width - pen, height: height - pen };
  return rect(id, inner, "none", { stroke: "ink", "stroke-width": pen, rx: 3 });
}
