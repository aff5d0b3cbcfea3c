import { select } from "d3-selection";
import type { Table } from "./context.js";

/** The numbers of a picture as a table. */
export function drawTable(host: HTMLElement, { columns, rows }: Table): void {
  const table = select(host).html("").append("table");
  table
    .append("thead")
    .append("tr")
    .selectAll("th")
    .data(columns)
    .join("th")
    .attr("scope", "col")
    .attr("dir", "auto")
    .text((column) => column);
  const lines = table.append("tbody").selectAll("tr").data(rows).join("tr");
  lines
    .append("th")
    .attr("scope", "row")
    .attr("dir", "auto")
    .text(([header]) => header);
  lines
    .selectAll("td")
    .data(([, ...cells]) => cells)
    .join("td")
    .attr("dir", "auto")
    .text((cell) => cell);
}
