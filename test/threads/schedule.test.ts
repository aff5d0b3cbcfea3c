import { describe, expect, it } from "vitest";
import { control, planSchedule, takeUnit } from "../../src/threads/schedule.js";

/** Every unit in the order it is taken. */
function units(spans: number, span: number, rowWork: number, threads: number) {
  const schedule = planSchedule(spans, span, rowWork, threads);
  const shared = new Int32Array(control.size);
  const taken: { from: number; to: number; blocks: number }[] = [];
  for (let unit; (unit = takeUnit(schedule, shared));) taken.push(unit);
  return { schedule, taken };
}

describe("the schedule", () => {
  for (const [spans, span] of [
    [1, 1],
    [8, 1],
    [3, 64],
    [5, 65],
    [2, 1000],
    [7, 130],
    [1, 5000],
  ]) {
    for (const threads of [1, 2, 3, 8]) {
      it(`takes ${spans} spans of ${span} rows once each, for ${threads} threads`, () => {
        for (const rowWork of [1, 1000, 1e6, 1e9]) {
          const { schedule, taken } = units(spans, span, rowWork, threads);
          let next = 0;
          let blocks = 0;
          for (const unit of taken) {
            expect(unit.from).toBe(next);
            expect(unit.to).toBeGreaterThan(unit.from);
            // Whole spans, or a part of one.
            const inside = Math.ceil(unit.to / span) - Math.floor(unit.from / span) === 1;
            expect(inside || unit.to % span === 0).toBe(true);
            next = unit.to;
            blocks += unit.blocks;
          }
          expect(next).toBe(spans * span);
          expect(blocks).toBe(schedule.total);
        }
      });
    }
  }

  it("has nothing of nothing, and asks one worker for it", () => {
    for (const [spans, span] of [
      [0, 5],
      [5, 0],
      [0, 0],
    ]) {
      // prettier-ignore
      const { schedule, taken } = units(spans, span, 10, 4);
      expect([schedule.total, schedule.threads, taken.length]).toEqual([0, 1, 0]);
    }
  });

  it("gives a small call to one worker, and a large one to all", () => {
    expect(planSchedule(1, 5, 640, 4).threads).toBe(1);
    expect(planSchedule(8, 1024, 131072, 4).threads).toBe(4);
  });

  it("starts with large units and ends with small ones", () => {
    const { taken } = units(8, 1024, 131072, 2);
    const sizes = taken.map(({ blocks }) => blocks);
    expect(sizes[0]).toBeGreaterThanOrEqual(16);
    expect(sizes.at(-1)).toBe(1);
  });

  it("bounds the work of a unit, so that an abort is soon seen", () => {
    const { taken } = units(1, 100000, 8e6, 2);
    expect(Math.max(...taken.map(({ blocks }) => blocks))).toBe(1);
  });

  it("cuts finer for an engine that takes longer", () => {
    const most = (engine?: "portable" | "reference"): number =>
      planSchedule(64, 3000, 384000, 2, engine).most;
    expect([most(), most("portable"), most("reference")]).toEqual([10, 1, 1]);
  });

  it("takes nothing more after a stop", () => {
    const schedule = planSchedule(8, 1024, 131072, 2);
    const shared = new Int32Array(control.size);
    expect(takeUnit(schedule, shared)).toBeDefined();
    Atomics.store(shared, control.stop, 1);
    expect(takeUnit(schedule, shared)).toBeUndefined();
  });
});
