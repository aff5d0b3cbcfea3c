import type { Machine, Revision } from "../machine.js";

/** The result of `npm run bench:plots`, as `--json` writes it. */
export interface Scaling {
  kind: "qkv scaling";
  /** Changes when a field changes its meaning. */
  format: 1;
  /** ISO 8601. */
  date: string;
  command: string;
  revision: Revision;
  machine: Machine;
  rounds: number;
  /** One head, D 64, float32, one thread: seconds of a call, median of the rounds. */
  time: TimePoint[];
  /** Queries of the calls whose memory was measured. */
  queries: number;
  /** Bytes beyond inputs and output, each from a process of its own. */
  memory: MemoryPoint[];
}

export const series = ["dense", "causal", "window 256"] as const;
export type Series = (typeof series)[number];

export interface TimePoint {
  series: Series;
  length: number;
  seconds: number;
}

export interface MemoryPoint {
  keys: number;
  /** Growth of the largest resident set, code and garbage included. */
  resident: number;
  /** Growth of array buffers, and all memory of WebAssembly. */
  buffers: number;
}

/** Reads what `--json` wrote. */
export function parseScaling(text: string): Scaling {
  const scaling = JSON.parse(text) as Partial<Scaling> | null;
  if (scaling?.kind !== "qkv scaling" || scaling.format !== 1 || !Array.isArray(scaling.time)) {
    throw new TypeError("this is no result of npm run bench:plots (format 1)");
  }
  return scaling as Scaling;
}

/** The exponent `p` of `y ∝ xᵖ` between two points. */
export function slope([x0, y0]: [number, number], [x1, y1]: [number, number]): number {
  return Math.log(y1 / y0) / Math.log(x1 / x0);
}
