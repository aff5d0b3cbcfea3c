import type { Ceiling } from "./ceiling/ceilings.js";
import type { Machine, Revision } from "./machine.js";
import type { Pace } from "./measure.js";
import { pairedRatio, spreadOf, type Samples, type Spread } from "./statistics.js";
import type { Precision } from "./tensors.js";

/** The result of a run, as `--json` writes it. */
export interface Report {
  kind: "qkv bench";
  /** Changes when a field changes its meaning. */
  format: 2;
  /** ISO 8601. */
  date: string;
  command: string;
  /** The built file that was measured. */
  measured: string;
  revision: Revision;
  machine: Machine;
  rounds: number;
  /** `wall`, or `cpu` time of the process for a machine that is not quiet. */
  clock: Pace["clock"];
  /** Version of each peer that took part. */
  versions: Record<string, string>;
  /** What was left out, and why. */
  skipped: string[];
  ceilings: CeilingRow[];
  cases: CaseResult[];
  memory: MemoryResult[];
  /** The sum of all results. Because it is written, the engine has to compute each of them. */
  sink: number;
}

export interface CeilingRow {
  kind: Ceiling["kind"];
  dtype: Precision;
  note: string;
  seconds: Spread;
  /** Of the best sample: what the machine reaches undisturbed. */
  gflops: number;
}

export interface CaseResult {
  group: string;
  name: string;
  dtype: Precision;
  headline?: boolean | undefined;
  /** Multiplications and additions that the result needs. */
  flops: number;
  /** Bytes that it needs to read, where that is what limits it. */
  bytes?: number | undefined;
  /** The largest error with which a contestant is timed. */
  bound: number;
  rows: Row[];
  failures: Failure[];
  /** What the case is about, if that is not a speed: see `ratiosOf` in the case. */
  ratios?: Record<string, number> | undefined;
}

/** A contestant that could not do the work, or did it wrong. */
export interface Failure {
  by: string;
  variant?: string | undefined;
  message: string;
}

/** One contestant of a case. */
export interface Row {
  by: string;
  /** The fastest of several ways, which stands for the library. */
  variant?: string | undefined;
  /**
   * Largest difference to the float64 reference over the largest number of it; absent where nothing is
   * compared.
   */
  error?: number | undefined;
  /** Calls of one sample. */
  calls: number;
  /** Seconds of one call. */
  samples: Samples;
  seconds: Spread;
  /** At the median. */
  gflops: number;
  /** Speed over that of the ceilings measured just before, median over the rounds. */
  ofCeiling: Partial<Record<Ceiling["kind"], number>>;
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

/** What the rounds left behind for one contestant. */
export interface Sampled extends Pick<Row, "by" | "variant" | "error" | "calls"> {
  flops: number;
  /** Seconds of one call, one for each round. */
  samples: (number | null)[];
  /** Seconds of one operation of each ceiling, just before. */
  ceilings: Partial<Record<Ceiling["kind"], (number | null)[]>>;
}

/** A row from samples, and those of qkv in the same rounds. */
export function rowOf({ flops, ceilings, ...known }: Sampled, qkv: Samples): Row {
  const seconds = spreadOf(known.samples.filter((s) => s !== null));
  const perOperation = known.samples.map((s) => s && s / flops);
  const shares = Object.entries(ceilings).map(([kind, ceiling]) => [
    kind,
    pairedRatio(ceiling, perOperation),
  ]);
  return {
    ...known,
    seconds,
    gflops: flops / seconds.median / 1e9,
    ofCeiling: Object.fromEntries(shares),
    timesQkv: pairedRatio(known.samples, qkv)!,
  };
}

/** False if qkv failed, or if anybody computed something else. */
export function isRight({ rows, failures }: CaseResult): boolean {
  return rows[0]?.by === "qkv" && !failures.some(({ message }) => message.startsWith(wrongResult));
}

/** How the message of a wrong result begins. */
export const wrongResult = "wrong result";

/** Reads what `--json` wrote. */
export function parseReport(text: string): Report {
  const report = JSON.parse(text) as Partial<Report> | null;
  if (report?.kind !== "qkv bench" || report.format !== 2 || !Array.isArray(report.cases)) {
    throw new TypeError("this is no result of the bench (format 2)");
  }
  return report as Report;
}
