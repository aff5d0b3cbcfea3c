import { expect, test } from "vitest";
import { rotated, sampleOf, sink, takesPart, turnsOf, warmUpOf } from "../../bench/measure.js";

const pace = { clock: "wall", rounds: 15, warmUp: 0, sample: 0.01, budget: 6 } as const;

test("slow contestants sit out rounds, evenly, but never take fewer than three", () => {
  expect([0.001, 1, 100].map((seconds) => turnsOf(seconds, pace))).toEqual([15, 6, 3]);
  const turns = Array.from({ length: 15 }, (_, round) => takesPart(round, 3, 15));
  expect(turns.flatMap((yes, round) => (yes ? [round] : []))).toEqual([4, 9, 14]);
  expect(Array.from({ length: 2 }, (_, round) => takesPart(round, 2, 2))).toEqual([true, true]);
});

test("each round starts elsewhere", () => {
  expect([rotated(3, 0), rotated(3, 4)]).toEqual([
    [0, 1, 2],
    [1, 2, 0],
  ]);
});

/** Keeps the core busy for some milliseconds. */
const busy = (milliseconds: number) => () => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return 1;
};

test("a sample is the time of one call, whose result is waited for and counted", async () => {
  const before = sink();
  for (const clock of ["wall", "cpu"] as const) {
    const run = busy(2);
    const slow = async () => run();
    expect(await sampleOf({ run }, 3, clock)).toBeGreaterThan(0.0005);
    expect(await sampleOf({ run: slow }, 3, clock)).toBeGreaterThan(0.0005);
  }
  expect(sink() - before).toBe(12);
});

test("short calls are repeated until they make a sample", async () => {
  const { calls, best } = await warmUpOf({ run: busy(1) }, pace);
  expect(best).toBeGreaterThanOrEqual(0.0009);
  expect(calls).toBe(Math.max(1, Math.round(0.01 / best)));
  expect((await warmUpOf({ run: busy(30) }, pace)).calls).toBe(1);
});
