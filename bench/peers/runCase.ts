import type { FloatArray } from "qkv/core";
import type { Ceiling } from "../ceiling/ceilings.js";
import { rotated, sample } from "../measure.js";
import { sampleOf, takesPart, turnsOf, warmUpOf, type PeersPace } from "./measure.js";
import { relativeError } from "./reference.js";
import {
  rowOf,
  wrongResult,
  type CaseResult,
  type Failure,
  type Group,
  type Row,
  type Sampled,
} from "./report.js";
import type { Contestant, Way } from "./types.js";

/** Who does the work of a case, in one way or several. The first one of a case is qkv. */
export interface Entrant {
  by: string;
  ways: Way[];
  /** If it is not the work of the case. */
  flops?: number;
  /** If it is not the result of the case; null if there is nothing to compare. */
  expected?: Float64Array | null;
}

export interface CaseSpec {
  group: Group;
  name: string;
  dtype: "float32" | "float64";
  /** Also measured by `--quick`. */
  quick?: boolean;
  flops: number;
  bytes?: number;
  bound: number;
  /** Allocates inputs and computes the reference. */
  prepare: () => Promise<{ expected: Float64Array; entrants: Entrant[] }>;
  /** Ratios that the case is about. */
  ratiosOf?: (rowBy: (by: string) => Row | undefined) => Record<string, number>;
}

/** A ceiling, with the calls of one sample and the rate of the best one. */
export interface Top extends Ceiling {
  calls: number;
  best: number;
}

interface Running {
  contestant: Contestant;
  sampled: Sampled;
  turns: number;
}

/** Checks, warms up, and measures in rounds: one sample of each contestant, then the next round. */
export async function runCase(
  spec: CaseSpec,
  top: Top | undefined,
  pace: PeersPace,
  progress: (text: string) => void,
): Promise<CaseResult> {
  const { group, name, dtype, flops, bytes, bound } = spec;
  progress(`${group} ${name}: reference`);
  const { expected, entrants } = await spec.prepare();
  const running: Running[] = [];
  const failures: Failure[] = [];
  for (const entrant of entrants) {
    progress(`${group} ${name}: checking ${entrant.by}`);
    const first = running.length === 0;
    const one = await fastestWay({ flops, expected, ...entrant }, bound, pace, failures);
    if (one) running.push({ ...one, turns: first ? pace.rounds : one.turns });
    // Nothing to compare with: the case ends here, and the run as a failed one.
    else if (first) return { group, name, dtype, flops, bytes, bound, rows: [], failures };
  }
  for (let round = 0; round < pace.rounds; round++) {
    progress(`${group} ${name}: round ${round + 1} of ${pace.rounds}`);
    for (const at of rotated(running.length, round)) {
      const { contestant, sampled, turns } = running[at];
      const now = takesPart(round, turns, pace.rounds);
      const ceiling = now && top ? sample(top, top.calls, "wall") : null;
      if (top && ceiling !== null) top.best = Math.min(top.best, ceiling);
      sampled.ceiling.push(ceiling && ceiling / top!.flops);
      sampled.samples.push(now ? await sampleOf(contestant, sampled.calls) : null);
    }
  }
  for (const { contestant } of running) await contestant.release?.();
  const rows = running.map(({ sampled }) => rowOf(sampled, running[0].sampled.samples));
  const ratios = spec.ratiosOf?.((by) => rows.find((row) => row.by === by));
  return { group, name, dtype, flops, bytes, bound, rows, failures, ratios };
}

/** Opens, checks and warms up every way, keeps the fastest; undefined if none is right. */
async function fastestWay(
  { by, ways, flops, expected }: Required<Entrant>,
  bound: number,
  pace: PeersPace,
  failures: Failure[],
): Promise<Running | undefined> {
  let fastest: (Running & { best: number }) | undefined;
  for (const { variant, open } of ways) {
    try {
      const contestant = await open();
      const error = expected === null ? undefined : await check(contestant, expected, bound);
      const { calls, best } = await warmUpOf(contestant, pace);
      if (fastest && fastest.best <= best) {
        await contestant.release?.();
        continue;
      }
      await fastest?.contestant.release?.();
      const sampled = { by, variant, error, calls, flops, samples: [], ceiling: [] };
      fastest = { contestant, sampled, best, turns: turnsOf(best * calls, pace) };
    } catch (error) {
      failures.push({ by, variant, message: oneLine(error) });
    }
  }
  return fastest;
}

/** The time of a wrong result means nothing: it is an error. */
async function check(
  contestant: Contestant,
  expected: Float64Array,
  bound: number,
): Promise<number> {
  const results: FloatArray = await contestant.results();
  const error = relativeError(results, expected);
  if (!(error <= bound)) {
    await contestant.release?.();
    throw new Error(
      `${wrongResult}: ${error} of max|output| away from the float64 reference, allowed ${bound}`,
    );
  }
  return error;
}

/** What an error says, short enough for a line: runtimes write whole source paths. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text
    .replace(/\s+/g, " ")
    .replace(/\/\S+\/(?=\S+:\d+)/g, "")
    .trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
