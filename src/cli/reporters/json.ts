import type { Run } from "../run.js";
import { exitCodeOf } from "../run.js";

/** Everything as one JSON object. */
export function jsonText(run: Run): string {
  const { command, machine, subjects, golden, repeat, interrupted } = run;
  const reports = subjects.map(({ name, file, exported, notes, report }) => ({
    ...{ name, file, export: exported, notes },
    ...report.toJSON(),
  }));
  const all = {
    ...{ command, ...machine, ok: exitCodeOf(run) === 0, interrupted, repeat },
    reports,
    ...(golden ? { golden } : {}),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}
