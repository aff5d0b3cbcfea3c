import type { CellsOf } from "./cells.js";
import { faintLines, strongLines } from "./curves.js";
import { circle } from "./marks.js";
import type { Pairs } from "./pairs.js";
import type { Mark } from "./types.js";

/** How thick all of a row is at most. */
const thickest = 24;

/** Lines between dots: the small picture of one head. */
export function smallLines(pairs: Pairs, query: number, side: number, of: CellsOf): Mark[] {
  const { queries, keys, same } = pairs;
  const rows = Math.max(queries.length, keys.length);
  const step = side / rows;
  const radius = Math.min(5, step * 0.36);
  const at =
    (count: number) =>
    (n: number): number =>
      (n + 0.5 + (rows - count) / 2) * step;
  const [queryY, keyY] = [at(queries.length), at(keys.length)];
  const ends = { left: 2 * radius + 1, right: side - 2 * radius - 1, queryY, keyY };
  const { prefix = "", target } = of;
  const dots = (side: string, count: number, x: number): Mark[] =>
    Array.from({ length: count }, (_, n) => {
      const asked = side === "query";
      const pen = asked && n === query ? 1.5 : 0;
      return circle(
        `${prefix}${side}-${n}`,
        [x, (asked ? queryY : keyY)(n)],
        radius - pen / 2,
        asked && !same ? "soft" : `word-${n}`,
        { stroke: pen > 0 ? "ink" : "none", "stroke-width": pen },
        {
          target: { ...target, ...(asked ? { query: n } : { key: n }) },
          label: (asked ? queries : keys)[n],
        },
      );
    });
  return [
    ...faintLines(pairs, query, ends, prefix),
    ...strongLines(pairs, query, ends, Math.min(thickest, step * 0.8), of),
    ...dots("query", queries.length, radius),
    ...dots("key", keys.length, side - radius),
  ];
}
