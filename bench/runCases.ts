import type { CaseSpec } from "./cases/types.js";
import { ceilings } from "./ceiling/ceilings.js";
import { freshLibrary } from "./library.js";
import { rotated, sample, warmUp, type Pace } from "./measure.js";
import { ceilingRowOf, rowOf, type CeilingRow, type Row } from "./report.js";
import type { Precision } from "./tensors.js";

interface Running {
  known: Parameters<typeof rowOf>[0];
  run: () => number;
  seconds: number[];
}

/**
 * Checks, warms up and measures. Rounds are interleaved, one sample of every case and then the next
 * round, so that a slow minute of the machine falls on all of them; a bench that finishes one case
 * before the next would give it to one.
 */
export async function runCases(
  specs: readonly CaseSpec[],
  file: string,
  pace: Pace,
  progress: (text: string) => void,
): Promise<{ ceilings: CeilingRow[]; rows: Row[] }> {
  const tops = ceilings().map((ceiling) => ({
    ...ceiling,
    calls: Math.max(1, Math.round(warmUp(ceiling, pace) / 8)),
    all: [] as number[],
  }));
  const cases: { dtype: Precision; running: Running[]; ceilings: Map<object, number[]> }[] = [];
  for (const [index, spec] of specs.entries()) {
    progress(`checking ${index + 1} of ${specs.length}: ${spec.group} ${spec.name} ${spec.dtype}`);
    cases.push({
      dtype: spec.dtype,
      running: await prepare(spec, file, pace),
      ceilings: new Map(tops.filter(({ dtype }) => dtype === spec.dtype).map((top) => [top, []])),
    });
  }
  for (let round = 0; round < pace.rounds; round++) {
    progress(`round ${round + 1} of ${pace.rounds}`);
    for (const index of rotated(cases.length, round)) {
      const { running, ceilings } = cases[index];
      for (const top of tops) {
        if (!ceilings.has(top)) continue;
        const seconds = sample(top, top.calls, pace.clock);
        top.all.push(seconds);
        ceilings.get(top)!.push(seconds / top.flops);
      }
      for (const at of rotated(running.length, round)) {
        const one = running[at];
        one.seconds.push(sample(one, one.known.calls, pace.clock));
      }
    }
  }
  const rows = cases.flatMap(({ running, ceilings }) =>
    running.map(({ known, seconds }) =>
      rowOf(known, {
        seconds,
        first: running[0].seconds,
        ceilings: Object.fromEntries(
          tops.flatMap((top) => (ceilings.has(top) ? [[top.kind, ceilings.get(top)!]] : [])),
        ),
      }),
    ),
  );
  return {
    ceilings: tops.filter(({ all }) => all.length > 0).map((top) => ceilingRowOf(top, top.all)),
    rows,
  };
}

/** Throws if any contestant computes something else: the time of a wrong result means nothing. */
async function prepare(spec: CaseSpec, file: string, pace: Pace): Promise<Running[]> {
  const { flops, contestants, error, bound } = spec.prepare(await freshLibrary(file));
  const { group, name, dtype, headline = false } = spec;
  return contestants.map(({ name: contestant, run, results }) => {
    const distance = error(results());
    if (!(distance <= 1)) {
      throw new Error(
        `${group} ${name} ${dtype} by ${contestant}: ${distance} times the bound ${bound} away from the reference`,
      );
    }
    const calls = warmUp({ run }, pace);
    return {
      known: { group, name, dtype, contestant, headline, flops, error: distance, bound, calls },
      run,
      seconds: [],
    };
  });
}
