export interface Column {
  title: string;
  align: "left" | "right";
}

/** A table for the terminal: columns padded to their widest cell, two spaces apart. */
export function textTable(columns: readonly Column[], rows: readonly string[][]): string {
  const widths = widthsOf(columns, rows);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => pad(cell, widths[i], columns[i].align))
      .join("  ")
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((width) => "─".repeat(width))),
    ...rows.map(line),
  ].join("\n");
}

/** The same table for a README, padded as prettier pads it. */
export function markdownTable(columns: readonly Column[], rows: readonly string[][]): string {
  const safe = rows.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = widthsOf(columns, safe).map((width) => Math.max(3, width));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => pad(cell, widths[i], columns[i].align)).join(" | ")} |`;
  const rule = columns.map(({ align }, i) =>
    align === "right" ? `${"-".repeat(widths[i] - 1)}:` : "-".repeat(widths[i]),
  );
  return [line(columns.map(({ title }) => title)), line(rule), ...safe.map(line)].join("\n");
}

function widthsOf(columns: readonly Column[], rows: readonly string[][]): number[] {
  return columns.map(({ title }, i) =>
    Math.max(title.length, ...rows.map((cells) => cells[i].length)),
  );
}

function pad(cell: string, width: number, align: Column["align"]): string {
  return align === "right" ? cell.padStart(width) : cell.padEnd(width);
}
