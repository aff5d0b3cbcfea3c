import { differences, engines, type Report } from "./report.js";

/** What one runtime gave. */
export interface Row {
  readonly runtime: string;
  readonly report?: Report;
  /** Why there is no report. */
  readonly failure?: string;
  /** Whether WebAssembly has to run there, or to be refused. */
  readonly wasm: "equal" | "refused";
}

/** A cell of the table, and whether it is as it should be. */
function cellOf(
  { report, failure, wasm }: Row,
  engine: (typeof engines)[number],
  expected: Readonly<Record<string, string>>,
): [text: string, good: boolean] {
  if (report === undefined) return [`failed: ${failure}`, false];
  const hashes = report[engine];
  const refusal = engine === "wasm" && wasm === "refused";
  if (typeof hashes === "string") {
    if (refusal && /^RangeError: .*WebAssembly/s.test(hashes)) return ["refused", true];
    return [hashes, false];
  }
  if (refusal) return ["ran where it is forbidden", false];
  const names = differences(hashes, expected);
  if (names.length === 0) return ["equal", true];
  return [
    `different: ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ""}`,
    false,
  ];
}

/** Every runtime in a line, every engine in a column; `good` is false if anything differs. */
export function tableOf(
  rows: readonly Row[],
  expected: Readonly<Record<string, string>>,
): { text: string; good: boolean } {
  let good = rows.length > 0;
  const lines = [["runtime", ...engines]];
  for (const row of rows) {
    const cells = engines.map((engine) => cellOf(row, engine, expected));
    good &&= cells.every(([, fine]) => fine);
    lines.push([row.runtime, ...cells.map(([text]) => text)]);
  }
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
  return { text, good };
}
