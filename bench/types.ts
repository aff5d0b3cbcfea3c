import type { FloatArray } from "qkv/core";
import type { Row } from "./report.js";
import type { Precision } from "./tensors.js";

/** Something that does the work of a case, set up and ready to be timed. */
export interface Contestant {
  /** Computes once; the result is in JavaScript's memory then. Returns one number of it. */
  run: () => number | Promise<number>;
  /** Computes once and returns all numbers, in the order of the reference. */
  results: () => FloatArray[] | Promise<FloatArray[]>;
  release?: () => void | Promise<void>;
}

/** A way that a library offers for some work. Of several, the fastest on this machine stands for it. */
export interface Way {
  /** Absent if there is only one. */
  variant?: string | undefined;
  open: () => Contestant | Promise<Contestant>;
}

/** Who does the work of a case, in one way or several. The first one of a case is qkv. */
export interface Entrant {
  by: string;
  ways: Way[];
  /** If it is not the work of the case. */
  flops?: number;
  /** If it is not the result of the case; null if there is nothing to compare. */
  expected?: FloatArray[] | null;
}

/** What a case is, before anything is allocated. */
export interface CaseSpec {
  group: string;
  name: string;
  dtype: Precision;
  /** Also measured by `--quick`. */
  quick?: boolean | undefined;
  /** Stands in the table of `npm run bench` in docs/performance.md. */
  headline?: boolean | undefined;
  /** Multiplications and additions of one call that the result needs: blocked pairs do not count. */
  flops: number;
  /** Bytes that it needs to read, where that is what limits it. */
  bytes?: number | undefined;
  /** The largest error, relative to the largest number, with which a contestant is timed. */
  bound: number;
  /** Allocates seeded inputs, computes the reference, and sets up what is to be timed. */
  prepare: () => Promise<{ expected: FloatArray[] | null; entrants: Entrant[] }>;
  /** Ratios that the case is about. */
  ratiosOf?: (rowBy: (by: string) => Row | undefined) => Record<string, number>;
}

/** `dense 8×1024×64 float32`: what `--filter` looks at. */
export function titleOf({ group, name, dtype }: Pick<CaseSpec, "group" | "name" | "dtype">) {
  return `${group} ${name} ${dtype}`;
}
