import { ceilings, type Ceiling } from "./ceiling/ceilings.js";
import { rotated, sampleOf, takesPart, turnsOf, warmUpOf, type Pace } from "./measure.js";
import { relativeError } from "./reference.js";
import { rowOf, wrongResult, type CaseResult, type CeilingRow, type Failure } from "./report.js";
import type { Sampled } from "./report.js";
import { spreadOf } from "./statistics.js";
import { titleOf, type CaseSpec, type Contestant, type Entrant } from "./types.js";

/** A ceiling, with the calls of one sample and the seconds of a call in all samples. */
export interface Top extends Ceiling {
  calls: number;
  samples: number[];
}

/** The ceilings of this machine, warm. */
export async function warmCeilings(pace: Pace): Promise<Top[]> {
  const tops: Top[] = [];
  for (const ceiling of ceilings()) {
    const { calls } = await warmUpOf(ceiling, pace);
    tops.push({ ...ceiling, calls: Math.max(1, Math.round(calls / 8)), samples: [] });
  }
  return tops;
}

/** The ceilings that were measured. */
export function ceilingRows(tops: readonly Top[]): CeilingRow[] {
  return tops
    .filter(({ samples }) => samples.length > 0)
    .map(({ kind, dtype, note, flops, samples }) => {
      const seconds = spreadOf(samples);
      return { kind, dtype, note, seconds, gflops: flops / seconds.min / 1e9 };
    });
}

interface Running {
  contestant: Contestant;
  sampled: Sampled;
  turns: number;
}

/**
 * Checks, warms up and measures. Rounds are interleaved, one sample of every contestant of every case
 * and then the next round, so that a slow minute of the machine falls on all of them; a bench that
 * finishes one before it starts another would give it to one. All cases are in memory at once.
 */
export async function runCases(
  specs: readonly CaseSpec[],
  tops: readonly Top[],
  pace: Pace,
  progress: (text: string) => void,
): Promise<CaseResult[]> {
  const cases: { spec: CaseSpec; running: Running[]; failures: Failure[] }[] = [];
  for (const spec of specs) cases.push({ spec, ...(await prepare(spec, pace, progress)) });
  for (let round = 0; round < pace.rounds; round++) {
    progress(`round ${round + 1} of ${pace.rounds}`);
    for (const index of rotated(cases.length, round)) {
      const { spec, running } = cases[index];
      const same = tops.filter(({ dtype }) => dtype === spec.dtype);
      for (const at of rotated(running.length, round)) await take(running[at], round, same, pace);
    }
  }
  const results: CaseResult[] = [];
  for (const { spec, running, failures } of cases) {
    for (const { contestant } of running) await contestant.release?.();
    const { group, name, dtype, headline, flops, bytes, bound } = spec;
    const rows = running.map(({ sampled }) => rowOf(sampled, running[0].sampled.samples));
    const ratios =
      rows.length > 0 ? spec.ratiosOf?.((by) => rows.find((row) => row.by === by)) : undefined;
    results.push({ group, name, dtype, headline, flops, bytes, bound, rows, failures, ratios });
  }
  return results;
}

/** One sample of a contestant, and of the ceilings just before. */
async function take(
  { contestant, sampled, turns }: Running,
  round: number,
  tops: readonly Top[],
  { rounds, clock }: Pace,
): Promise<void> {
  const now = takesPart(round, turns, rounds);
  for (const top of tops) {
    const seconds = now ? await sampleOf(top, top.calls, clock) : null;
    if (seconds !== null) top.samples.push(seconds);
    (sampled.ceilings[top.kind] ??= []).push(seconds && seconds / top.flops);
  }
  sampled.samples.push(now ? await sampleOf(contestant, sampled.calls, clock) : null);
}

/** The contestants of a case, ready; none if qkv, the first of them, fails. */
async function prepare(
  spec: CaseSpec,
  pace: Pace,
  progress: (text: string) => void,
): Promise<{ running: Running[]; failures: Failure[] }> {
  progress(`${titleOf(spec)}: reference`);
  const { expected, entrants } = await spec.prepare();
  const running: Running[] = [];
  const failures: Failure[] = [];
  for (const entrant of entrants) {
    progress(`${titleOf(spec)}: checking ${entrant.by}`);
    const first = running.length === 0;
    const all = { flops: spec.flops, expected, ...entrant };
    const one = await fastestWay(all, spec.bound, pace, failures);
    if (one) running.push({ ...one, turns: first ? pace.rounds : one.turns });
    // Nothing to compare with: the case ends here, and the run as a failed one.
    else if (first) break;
  }
  return { running, failures };
}

/** Opens, checks and warms up every way, keeps the fastest; undefined if none is right. */
async function fastestWay(
  { by, ways, flops, expected }: Required<Entrant>,
  bound: number,
  pace: Pace,
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
      const sampled: Sampled = { by, variant, error, calls, flops, samples: [], ceilings: {} };
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
  expected: Required<Entrant>["expected"] & object,
  bound: number,
): Promise<number> {
  const error = relativeError(await contestant.results(), expected);
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
