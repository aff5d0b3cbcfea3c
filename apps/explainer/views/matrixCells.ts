import type { Context } from "./context.js";
import type { Layout } from "./matrixLayout.js";
import { colour, inkOn, shadeCount, shadesBetween } from "./shades.js";

/** The cells of one shade are one path: 16384 elements would take half a second. */
export function drawCells({ svg, reading }: Context, layout: Layout, most: number): void {
  const { left, top, cell, high } = layout;
  const { weights } = reading.matrix;
  const shades = shadesBetween(colour("--card"), colour("--accent"));
  const gap = Math.min(2, cell / 10);
  const outline = `h${(cell - gap).toFixed(2)}v${(high - gap).toFixed(2)}h${(gap - cell).toFixed(2)}z`;
  const paths = shades.map(() => "");
  const shadeOf = (weight: number): number => Math.round((weight / most) * (shadeCount - 1)) || 0;
  weights.forEach((row, i) => {
    const y = top + i * high + gap / 2;
    row.forEach((weight, j) => {
      paths[shadeOf(weight)] +=
        `M${(left + j * cell + gap / 2).toFixed(2)} ${y.toFixed(2)}${outline}`;
    });
  });
  const cells = svg.append("g").attr("class", "cells");
  paths.forEach((path, n) => {
    if (path !== "") cells.append("path").attr("d", path).attr("fill", shades[n]);
  });
  if (!layout.numbers) return;
  const shares = weights.flatMap((row, i) => row.map((weight, j) => ({ i, j, weight })));
  cells
    .selectAll("text")
    .data(shares)
    .join("text")
    .attr("class", ({ weight }) => {
      const ink = inkOn(shades[shadeOf(weight)]);
      return cell < 38 ? `share small ${ink}` : `share ${ink}`;
    })
    .attr("x", ({ j }) => left + (j + 0.5) * cell)
    .attr("y", ({ i }) => top + (i + 0.5) * high)
    .text(({ weight }) => (weight === 0 ? "·" : Math.round(weight * 100)));
}
