import { rowOf, type CaseResult, type Report } from "../../bench/report.js";

/** A case with a time in milliseconds for each contestant, 1e9 operations, and a ceiling of 50 GFLOP/s. */
export function caseOf(
  group: string,
  name: string,
  times: Record<string, number>,
  more: Partial<CaseResult> = {},
): CaseResult {
  const flops = 1e9;
  const machine = [0.02e-9, 0.02e-9, 0.02e-9];
  const samples = (ms: number) => Array<number>(3).fill(ms / 1000);
  const row = ([by, ms]: [string, number]) =>
    rowOf(
      { by, calls: 1, error: 1e-7, flops, ceilings: { machine }, samples: samples(ms) },
      samples(times.qkv),
    );
  const rows = Object.entries(times).map(row);
  return { group, name, dtype: "float32", flops, bound: 1e-4, rows, failures: [], ...more };
}

/** When, from what and on which machine a result is. */
export function whereOn(node: string): Pick<Report, "date" | "revision" | "machine"> {
  return {
    date: "2026-01-02T03:04:05.000Z",
    revision: { commit: "0123456789", modified: false },
    machine: {
      ...{ cpu: "Some processor", cores: 2, memoryGiB: 24, os: "Linux 6", arch: "x64" },
      ...{ load: 0.1, node, v8: "11.3" },
    },
  };
}

export function reportOf(node: string, more: Partial<Report> = {}): Report {
  const seconds = { min: 1e-4, q1: 1e-4, median: 2e-4, q3: 2e-4, max: 2e-4, count: 3 };
  return {
    kind: "qkv bench",
    format: 2,
    command: "npm run bench",
    measured: "dist/core.js",
    ...whereOn(node),
    rounds: 3,
    clock: "wall",
    versions: {},
    skipped: [],
    ceilings: [{ kind: "machine", dtype: "float32", note: "f32x4", seconds, gflops: 50 }],
    cases: [],
    memory: [],
    sink: 1,
    ...more,
  };
}
