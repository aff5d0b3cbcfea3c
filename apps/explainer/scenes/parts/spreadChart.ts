import { circle, line, path, text, textWidth, type Box, type Mark } from "../../marks.js";
import { lengths, type Spread } from "./spread.js";

/** How large q·k is for vectors of 1 to 512 numbers, both axes in doublings, so that √d is a straight line. */
export function spreadChart(
  { x, y, width, height }: Box,
  { sizes, one, own }: Spread,
  d: number,
): Mark[] {
  const line512 = one * Math.sqrt(512);
  const [low, high] = [Math.min(one, ...sizes) * 0.7, Math.max(line512, ...sizes) * 1.3];
  const [left, right, top, bottom] = [x + 42, x + width - 16, y + 34, y + height - 40];
  const xOf = (n: number): number => left + (n / 9) * (right - left);
  const yOf = (size: number): number =>
    bottom - (Math.log(Math.max(size, low) / low) / Math.log(high / low)) * (bottom - top);
  const points = sizes.map((size, n): Mark => {
    const model = lengths[n] <= own;
    const chosen = lengths[n] === d;
    return circle(`size-${n}`, [xOf(n), yOf(size)], chosen ? 7 : 4.5, model ? "weight" : "ground", {
      stroke: chosen ? "ink" : "weight",
      "stroke-width": chosen ? 2.5 : 1.5,
    });
  });
  const ticks = lengths.map((length, n) =>
    text(`tick-${n}`, xOf(n), bottom + 18, String(length), {
      size: 12,
      anchor: "middle",
      fill: length === d ? "ink" : "soft",
      weight: length === d ? 600 : 400,
    }),
  );
  const scale = [0.25, 1, 4, 16, 64, 256].filter((size) => size > low && size < high);
  const sides = scale.flatMap((size, n) => [
    line(`side-${n}`, [left - 8, yOf(size)], [right, yOf(size)], "line"),
    text(`side-${n}-number`, left - 12, yOf(size), String(size), { size: 12, anchor: "end", fill: "soft" }), // prettier-ignore
  ]);
  const name = "typical size of q·k";
  const root = "as √d";
  return [
    text("chart-name", x, y + 10, name, { size: 13, weight: 600 }),
    text("chart-unit", x + width, bottom + 36, "numbers in each vector (d)", { size: 12, fill: "soft", anchor: "end" }), // prettier-ignore
    line("axis-x", [left - 8, bottom + 6], [right, bottom + 6], "line"),
    path("root", `M${xOf(0)},${yOf(one)} L${xOf(9)},${yOf(line512)}`, {
      fill: "none",
      stroke: "soft",
      "stroke-width": 1.5,
      "stroke-dasharray": "5 4",
    }),
    text("root-name", xOf(9) - textWidth(root, 12) - 12, yOf(line512) - 6, root, { size: 12, fill: "soft" }), // prettier-ignore
    ...sides,
    ...points,
    ...ticks,
  ];
}
