import { performance } from "node:perf_hooks";

/** Something that can be timed. What it returns goes into the sink, so that it has to be computed. */
export interface Timed {
  run: () => number;
}

/**
 * What a sample is measured with, in milliseconds. `wall` is what a user waits. `cpu`, the processor
 * time of this process, is for a machine that others use at the same time: it does not count waiting
 * for a core, but it does count the threads of the compiler and the garbage collector.
 */
export const clocks = {
  wall: (): number => performance.now(),
  cpu: (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
} as const;

export interface Pace {
  clock: keyof typeof clocks;
  rounds: number;
  /** Seconds of warm-up for each contestant; at least two calls. */
  warmUp: number;
  /** Seconds that one sample should take: short calls are repeated. */
  sample: number;
}

export const paces = {
  full: { clock: "wall", rounds: 21, warmUp: 0.4, sample: 0.012 },
  quick: { clock: "wall", rounds: 7, warmUp: 0.2, sample: 0.005 },
} as const satisfies Record<string, Pace>;

let total = 0;

/** The sum of all results: writing it somewhere makes every call needed. */
export function sink(): number {
  return total;
}

/** Warms up and returns how many calls make a sample. */
export function warmUp({ run }: Timed, { warmUp, sample, clock }: Pace): number {
  const start = clocks[clock]();
  let last = start;
  let best = Infinity;
  // Batches grow until a clock reading costs nothing beside them.
  for (let calls = 1, batches = 0; batches < 2 || last - start < 1000 * warmUp; batches++) {
    for (let i = 0; i < calls; i++) total += run();
    const now = clocks[clock]();
    best = Math.min(best, (now - last) / calls);
    if (now - last < 1000 * sample) calls *= 2;
    last = now;
  }
  return Math.max(1, Math.round((1000 * sample) / best));
}

/** Seconds of one call, on average over `calls`. */
export function sample({ run }: Timed, calls: number, clock: Pace["clock"]): number {
  const start = clocks[clock]();
  for (let i = 0; i < calls; i++) total += run();
  return (clocks[clock]() - start) / (1000 * calls);
}

/** 0 … length − 1, starting elsewhere in each round: no contestant always follows the same one. */
export function rotated(length: number, round: number): number[] {
  return Array.from({ length }, (_, i) => (i + round) % length);
}
