import { circle, group, line, text } from "./marks.js";
import { arrow } from "./planeMap.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

const [size, rowHeight, swatch] = [13, 22, 24];

/** What the marks of a plane stand for, in as many rows as it needs. */
export function planeLegend(
  top: number,
  width: number,
  others: boolean,
): { readonly mark: Mark; readonly bottom: number } {
  const middle = rowHeight / 2;
  const signs: [string, (x: number) => Mark][] = [
    [
      "query: drag its head",
      (x) =>
        group("legend-query", 0, 0, [
          line("legend-query-arrow", [x, middle], [x + 12, middle], "query", { "stroke-width": 3 }),
          circle("legend-query-head", [x + 13, middle], 5, "query"),
        ]),
    ],
    ["keys", (x) => arrow("legend-key", [x, middle], [x + 18, middle], { pen: 1.5, dot: 0 })],
    [
      "scores grow along it",
      (x) => line("legend-line", [x, middle], [x + 18, middle], "query", { opacity: 0.45 }),
    ],
    [
      "score 0 in the map",
      (x) =>
        line("legend-across", [x, middle], [x + 18, middle], "soft", { "stroke-dasharray": "4 4" }),
    ],
  ];
  if (others)
    signs.push([
      "other queries",
      (x) => circle("legend-others", [x + 9, middle], 3.5, "query", { "fill-opacity": 0.45 }),
    ]);
  let [x, y] = [0, 0];
  const marks = signs.map(([name, sign], n) => {
    const shown = fit(name, width - swatch, size);
    const wide = swatch + textWidth(shown, size);
    if (x > 0 && x + wide > width) [x, y] = [0, y + rowHeight];
    const mark = group(`legend-${n}`, x, y, [
      sign(1),
      text(`legend-name-${n}`, swatch, middle, shown, { size, fill: "soft" }),
    ]);
    x += wide + 14;
    return mark;
  });
  return { mark: group("legend", 0, top, marks), bottom: top + y + rowHeight };
}
