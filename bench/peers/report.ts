import type { Machine, Revision } from "../machine.js";
import { pairedRatio, spreadOf, type Spread } from "../statistics.js";

/** The result of `npm run bench:peers`, as `--json` writes it. */
export interface PeersReport {
  kind: "qkv peers";
  /** Changes when a field changes its meaning. */
  format: 1;
  /** ISO 8601. */
  date: string;
  command: string;
  /** The built file that was measured. */
  measured: string;
  revision: Revision;
  machine: Machine;
  rounds: number;
  /** Version of each peer that took part. */
  versions: Record<string, string>;
  /** What was left out, and why. */
  skipped: string[];
  /** GFLOP/s of the best sample of multiply-adds in 128-bit WebAssembly SIMD. */
  ceilings: Partial<Record<"float32" | "float64", number>>;
  cases: CaseResult[];
  memory: MemoryResult[];
  /** The sum of all results: because it is written, each of them has to be computed. */
  sink: number;
}

export const groups = ["dense", "causal", "window", "decode", "threads", "tiny", "matmul"] as const;
export type Group = (typeof groups)[number];

export interface CaseResult {
  group: Group;
  name: string;
  dtype: "float32" | "float64";
  /** Multiplications and additions that the result needs. */
  flops: number;
  /** Bytes that it needs to read, where that is what limits it. */
  bytes?: number;
  /** The largest error over `max|output|` with which a contestant is timed. */
  bound: number;
  rows: Row[];
  failures: Failure[];
  /** What the case is about, if that is not a speed: see `ratioOf` in the case. */
  ratios?: Record<string, number>;
}

/** A contestant that could not do the work, or did it wrong. */
export interface Failure {
  by: string;
  variant?: string;
  message: string;
}

export interface Row {
  by: string;
  /** The fastest of several ways, which stands for the library. */
  variant?: string;
  /** Largest difference to the float64 reference over `max|output|`; absent where nothing is compared. */
  error?: number;
  /** Calls of one sample. */
  calls: number;
  /** Of one call, one for each round; null where a slow contestant sat out. */
  samples: (number | null)[];
  seconds: Spread;
  gflops: number;
  /** Speed over that of the ceiling measured just before, median over the rounds. */
  ofCeiling?: number;
  /** Time over that of qkv in the same round, median over the rounds. */
  timesQkv: number;
}

/** Working memory of one call in a process of its own, in bytes, beyond inputs and output. */
export interface MemoryResult {
  queries: number;
  keys: number;
  size: number;
  /** Growth of the largest resident set, code and garbage included. */
  resident: number;
  /** Growth of array buffers, and all memory of WebAssembly. */
  buffers: number;
  /** Seconds of the call. */
  seconds: number;
}

export interface Sampled {
  by: string;
  variant?: string;
  error?: number;
  calls: number;
  flops: number;
  samples: (number | null)[];
  /** Seconds per operation of the ceiling just before each sample. */
  ceiling: (number | null)[];
}

/** A row from samples, and those of qkv in the same rounds. */
export function rowOf({ flops, ceiling, ...known }: Sampled, qkv: readonly (number | null)[]): Row {
  const seconds = spreadOf(known.samples.filter((s) => s !== null));
  const perOperation = known.samples.map((s) => s && s / flops);
  return {
    ...known,
    seconds,
    gflops: flops / seconds.median / 1e9,
    ofCeiling: ratioWithin(ceiling, perOperation),
    timesQkv: ratioWithin(known.samples, qkv)!,
  };
}

/** The median ratio over the rounds in which both took part; undefined if there is none. */
export function ratioWithin(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
): number | undefined {
  const both = a
    .map((x, i) => [x, b[i]])
    .filter((pair): pair is [number, number] => !pair.includes(null));
  if (both.length === 0) return undefined;
  return pairedRatio(
    both.map(([x]) => x),
    both.map(([, y]) => y),
  );
}

/** False if qkv failed, or if anybody computed something else. */
export function isRight({ rows, failures }: CaseResult): boolean {
  return rows[0]?.by === "qkv" && !failures.some(({ message }) => message.startsWith(wrongResult));
}

/** How the message of a wrong result begins. */
export const wrongResult = "wrong result";

/** Reads what `--json` wrote. */
export function parsePeersReport(text: string): PeersReport {
  const report = JSON.parse(text) as Partial<PeersReport> | null;
  if (report?.kind !== "qkv peers" || report.format !== 1 || !Array.isArray(report.cases)) {
    throw new TypeError("this is no result of npm run bench:peers (format 1)");
  }
  return report as PeersReport;
}
