// Like ../measure.ts, for contestants that may be asynchronous.
import { performance } from "node:perf_hooks";
import type { Contestant } from "./types.js";

export interface PeersPace {
  rounds: number;
  /** Seconds of warm-up for each contestant; at least two calls. */
  warmUp: number;
  /** Seconds that one sample should take: short calls are repeated. */
  sample: number;
  /** Seconds for all samples of a contestant: slow ones sit out some of the rounds. */
  budget: number;
}

export const peersPaces = {
  full: { rounds: 15, warmUp: 0.4, sample: 0.015, budget: 6 },
  quick: { rounds: 3, warmUp: 0.1, sample: 0.005, budget: 1 },
} as const satisfies Record<string, PeersPace>;

let total = 0;

/** The sum of all results. */
export function peersSink(): number {
  return total;
}

/** Seconds of one call, on average over `calls`. */
export async function sampleOf({ run }: Pick<Contestant, "run">, calls: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const result = run();
    // Waiting costs a tiny call more than its work.
    total += typeof result === "number" ? result : await result;
  }
  return (performance.now() - start) / (1000 * calls);
}

/** Warms up; the calls of a sample, and the seconds of the best call. */
export async function warmUpOf(
  contestant: Pick<Contestant, "run">,
  { warmUp, sample }: PeersPace,
): Promise<{ calls: number; best: number }> {
  const end = performance.now() + 1000 * warmUp;
  let best = Infinity;
  for (let calls = 1, batches = 0; batches < 2 || performance.now() < end; batches++) {
    const seconds = await sampleOf(contestant, calls);
    best = Math.min(best, seconds);
    if (seconds * calls < sample) calls *= 2;
  }
  return { calls: Math.max(1, Math.round(sample / best)), best };
}

/** In how many rounds a contestant takes part: at least three, if there are so many. */
export function turnsOf(seconds: number, { rounds, budget }: PeersPace): number {
  return Math.min(rounds, Math.max(3, Math.floor(budget / seconds)));
}

/** True in `turns` of the rounds, evenly spread. */
export function takesPart(round: number, turns: number, rounds: number): boolean {
  const before = (r: number) => Math.floor((r * turns) / rounds);
  return before(round + 1) > before(round);
}
