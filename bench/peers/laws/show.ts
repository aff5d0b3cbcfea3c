import { whereOf } from "../../machine.js";
import { textTable } from "../../table.js";
import { knownOf } from "./known.js";
import { matrixOf } from "./matrix.js";
import { breaksOf, type LawsReport } from "./report.js";

/** The whole result for a terminal. */
export function showLaws(report: LawsReport): string {
  const { columns, rows } = matrixOf(report);
  const { runs, seed, versions, functions, skipped } = report;
  const lines = [
    textTable(columns, rows),
    "✓ held in so many cases   ✗ broken   – not claimed   ? not run",
    `${whereOf(report)}; ${runs} cases of each law, seed ${seed}`,
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    ...functions.map(
      ({ name, what, milliseconds }) => `${name}: ${what}; ${(milliseconds / 1000).toFixed(1)} s`,
    ),
    ...skipped.map((text) => `skipped ${text}`),
  ];
  const broken = breaksOf(report).map(({ by, law }) =>
    [
      `✗ ${by.name} breaks ${law.id}: ${law.name}`,
      law.reason,
      meaningOf(by.name, law.id),
      "",
      law.counterexample?.code,
    ].join("\n"),
  );
  return [lines.join("\n"), ...broken].join("\n\n");
}

/** What a break means for a user. */
export function meaningOf(name: string, id: string): string {
  return knownOf(name).broken[id] ?? "Not in known.ts.";
}
