import type { Ceiling } from "./ceiling/ceilings.js";
import type { CaseSpec } from "./cases/types.js";
import type { Machine, Revision } from "./machine.js";
import type { Pace } from "./measure.js";
import { pairedRatio, spreadOf, type Spread } from "./statistics.js";

/** The result of a run, as `--json` writes it. */
export interface Report {
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
  /** `wall`, or `cpu` time of the process for a machine that is not quiet. */
  clock: Pace["clock"];
  ceilings: CeilingRow[];
  rows: Row[];
  /** The sum of all results. Because it is written, the engine has to compute each of them. */
  sink: number;
}

export interface CeilingRow {
  kind: Ceiling["kind"];
  dtype: Ceiling["dtype"];
  note: string;
  seconds: Spread;
  /** Of the best sample: what the machine reaches undisturbed. */
  gflops: number;
}

/** One contestant of one case. */
export interface Row {
  group: CaseSpec["group"];
  name: string;
  dtype: CaseSpec["dtype"];
  contestant: string;
  headline: boolean;
  flops: number;
  /** Distance to the float64 reference in units of `bound`: at most 1. */
  error: number;
  bound: string;
  /** Calls of one sample. */
  calls: number;
  /** Of one call. */
  seconds: Spread;
  /** At the median. */
  gflops: number;
  /** Speed over that of the ceiling measured just before, median over the rounds. */
  ofPortable: number;
  /** Absent without SIMD. */
  ofMachine?: number;
  /** Time over that of the first contestant in the same round, median over the rounds. */
  timesFirst: number;
}

/** What the rounds left behind for one contestant. */
export interface Samples {
  /** Seconds of one call, one for each round. */
  seconds: readonly number[];
  /** The same of the first contestant of the case. */
  first: readonly number[];
  /** Seconds per floating-point operation of the ceilings, measured just before. */
  ceilings: Partial<Record<Ceiling["kind"], readonly number[]>>;
}

type Known = Omit<Row, "seconds" | "gflops" | "ofPortable" | "ofMachine" | "timesFirst">;

export function rowOf(known: Known, { seconds, first, ceilings }: Samples): Row {
  const perFlop = seconds.map((s) => s / known.flops);
  const spread = spreadOf(seconds);
  const { portable, machine } = ceilings;
  return {
    ...known,
    seconds: spread,
    gflops: known.flops / spread.median / 1e9,
    ofPortable: portable ? pairedRatio(portable, perFlop) : NaN,
    ofMachine: machine && pairedRatio(machine, perFlop),
    timesFirst: pairedRatio(seconds, first),
  };
}

export function ceilingRowOf(
  { kind, dtype, note, flops }: Omit<Ceiling, "run">,
  seconds: readonly number[],
): CeilingRow {
  const spread = spreadOf(seconds);
  return { kind, dtype, note, seconds: spread, gflops: flops / spread.min / 1e9 };
}

/** Reads what `--json` wrote. */
export function parseReport(text: string): Report {
  const report = JSON.parse(text) as Partial<Report> | null;
  if (report?.format !== 1 || !Array.isArray(report.rows) || !Array.isArray(report.ceilings)) {
    throw new TypeError("this is no result of the bench (format 1)");
  }
  return report as Report;
}
