import type { FloatArray } from "qkv/core";
import type { Library } from "../library.js";
import type { Precision } from "../tensors.js";

/** One way to do the work of a case. */
export interface Contestant {
  /** `qkv`, or the name of a baseline. */
  name: string;
  /** Computes once and returns one of the numbers. */
  run: () => number;
  /** Computes once and returns all of them. */
  results: () => FloatArray[];
}

/** What a case is, before anything is allocated. */
export interface CaseSpec {
  group: "matmul" | "attention";
  name: string;
  dtype: Precision;
  /** Also measured by `--quick`. */
  quick?: boolean;
  /** Stands in the table of the README. */
  headline?: boolean;
  /** Allocates seeded inputs, computes the reference, and sets up what is to be timed. */
  prepare: (library: Library) => PreparedCase;
}

export interface PreparedCase {
  /** Multiplications and additions of one call that the result needs: blocked pairs do not count. */
  flops: number;
  contestants: Contestant[];
  /** How far results are from the float64 reference, in units of `bound`. */
  error: (results: FloatArray[]) => number;
  bound: string;
}
