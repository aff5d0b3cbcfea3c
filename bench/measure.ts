import { performance } from "node:perf_hooks";

/** Something that can be timed. What it returns goes into the sink, so that it has to be computed. */
export interface Timed {
  run: () => number | Promise<number>;
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
  /** Seconds for all samples of a contestant: slow ones sit out some of the rounds. */
  budget: number;
}

export const paces = {
  full: { clock: "wall", rounds: 15, warmUp: 0.4, sample: 0.015, budget: 6 },
  quick: { clock: "wall", rounds: 5, warmUp: 0.2, sample: 0.005, budget: 1 },
} as const satisfies Record<string, Pace>;

let total = 0;

/** The sum of all results: writing it somewhere makes every call needed. */
export function sink(): number {
  return total;
}

/** Seconds of one call, on average over `calls`. */
export async function sampleOf(
  { run }: Timed,
  calls: number,
  clock: Pace["clock"],
): Promise<number> {
  const start = clocks[clock]();
  for (let i = 0; i < calls; i++) {
    const result = run();
    // Waiting costs a tiny call more than its work.
    total += typeof result === "number" ? result : await result;
  }
  return (clocks[clock]() - start) / (1000 * calls);
}

/** Warms up; the calls of a sample, and the seconds of the best call. */
export async function warmUpOf(
  timed: Timed,
  { warmUp, sample, clock }: Pace,
): Promise<{ calls: number; best: number }> {
  const end = clocks[clock]() + 1000 * warmUp;
  let best = Infinity;
  // Batches grow until a reading of the clock costs nothing in comparison.
  for (let calls = 1, batches = 0; batches < 2 || clocks[clock]() < end; batches++) {
    const seconds = await sampleOf(timed, calls, clock);
    // Processor time may stand still during a short call.
    if (seconds > 0) best = Math.min(best, seconds);
    if (seconds * calls < sample) calls *= 2;
  }
  return { calls: Math.max(1, Math.round(sample / best)), best };
}

/** 0 … length − 1, starting elsewhere in each round: no contestant always follows the same one. */
export function rotated(length: number, round: number): number[] {
  return Array.from({ length }, (_, i) => (i + round) % length);
}

/** In how many rounds a contestant takes part: at least three, if there are so many. */
export function turnsOf(seconds: number, { rounds, budget }: Pace): number {
  return Math.min(rounds, Math.max(3, Math.floor(budget / seconds)));
}

/** True in `turns` of the rounds, evenly spread. */
export function takesPart(round: number, turns: number, rounds: number): boolean {
  const before = (r: number) => Math.floor((r * turns) / rounds);
  return before(round + 1) > before(round);
}
