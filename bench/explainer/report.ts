import type { Machine, Revision } from "../machine.js";

/** Bytes of a part of the page. */
export interface Weight {
  readonly part: string;
  readonly files: number;
  readonly raw: number;
  readonly gzip: number;
}

/** One visit with an empty cache. Times are in milliseconds from the start of the navigation; null: it did not happen. */
export interface Visit {
  readonly firstPaint: number | null;
  readonly firstPicture: number | null;
  /** From when the model is asked for: a page may wait until a reader writes. */
  readonly modelReady: number | null;
  /** The largest sum of layout shifts in a session, as Core Web Vitals count it. */
  readonly layoutShift: number;
  /** Of tasks longer than 50 ms, what is beyond that: until the first picture, and of the whole visit. */
  readonly blockedUntilPicture: number;
  readonly blocked: number;
}

/** Times between frames, in milliseconds. */
export interface Frames {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** The share that took longer than a screen of 60 Hz gives. */
  readonly late: number;
}

export interface MotionResult {
  readonly name: string;
  readonly selector: string;
  /** Null where the page has nothing that the selector finds. */
  readonly frames: Frames | null;
}

/** The result of a run, as `--json` writes it. */
export interface PageReport {
  readonly kind: "qkv page bench";
  readonly format: 1;
  readonly date: string;
  readonly machine: Machine;
  readonly revision: Revision;
  readonly browser: string;
  readonly conditions: Conditions;
  readonly rounds: number;
  readonly weights: readonly Weight[];
  readonly visits: readonly Visit[];
  readonly motions: readonly MotionResult[];
}

export interface Conditions {
  readonly megabits: number;
  readonly latency: number;
  /** How many times slower the processor is made. */
  readonly slowdown: number;
}
