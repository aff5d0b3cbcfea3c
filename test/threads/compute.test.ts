import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as core from "../../src/core.js";
import { prepareAttention } from "../../src/threads/attentionCall.js";
import { compute } from "../../src/threads/compute.js";
import { prepareMatmul } from "../../src/threads/matmulCall.js";
import type { Job, Reply } from "../../src/threads/protocol.js";
import { control } from "../../src/threads/schedule.js";
import type { Schedule } from "../../src/threads/schedule.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { toCall } from "../helpers/problem.js";
import { describeProblem, problemOf, recipes } from "../laws/problems.js";

/**
 * Two workers without threads, that receive what a message would bring and take one block at a time: the
 * finest cut that a schedule can make. `structuredClone` keeps shared memory shared.
 */
function inTurns(job: Job, planned: Schedule): Reply[] {
  const schedule = { ...planned, least: 1, most: 1 };
  const shared = new Int32Array(new SharedArrayBuffer(4 * control.size));
  const replies: Reply[] = [];
  for (let limit = 1; limit <= planned.total + 1; limit++) {
    const total = Math.min(limit, planned.total);
    const order = { id: limit, job, schedule: { ...schedule, total }, control: shared };
    replies.push(compute(structuredClone(order)));
  }
  return replies;
}

describe("what a worker does, block by block", () => {
  for (const dtype of ["float32", "float64"] as const) {
    it(`attention, ${dtype}: the bits of one call`, () => {
      const property = fc.property(recipes(dtype, true), (recipe) => {
        const problem = problemOf(recipe);
        const what = describeProblem(problem);
        const [q, k, v, options] = toCall(problem);
        const alone = core.attentionWithLse(q, k, v, options);
        const prepared = prepareAttention("attention", [q, k, v], options, "lse", 2);
        const replies = inTurns(prepared.job, prepared.schedule);
        expect(replies.filter((reply) => "error" in reply)).toEqual([]);
        const done = replies.reduce((sum, reply) => sum + reply.done, 0);
        expect(done, what).toBe(prepared.schedule.total);
        const { output, kept: lse } = prepared.finish(-1);
        expect(firstDifferentBits(output.data, alone.output.data), what).toBe(-1);
        expect(firstDifferentBits(lse!.data, alone.lse.data), `${what}: lse`).toBe(-1);
      });
      fc.assert(property, { numRuns: 40, seed: 11, endOnFailure: true });
    });
  }

  it("attention: the same list in two options is what each of them takes it for", () => {
    const x = [[1, 0], [0, 1], [2, 1]]; // prettier-ignore
    const list = [0, 0, 1];
    const { masks } = core;
    for (const options of [
      { bias: list, allow: masks.segments(list) },
      { bias: 2, allow: masks.prefix(2) },
      { bias: core.biases.sum(list, list), block: masks.not(masks.segments(list)) },
    ]) {
      const { job, schedule, finish } = prepareAttention(
        "attention",
        [x, x, x],
        options,
        undefined,
        1,
      );
      inTurns(job, schedule);
      expect([...finish(-1).output.data]).toEqual([...core.attention(x, x, x, options).data]);
    }
  });

  it("attention: rules are made again, and the first empty row is told", () => {
    const { masks, biases } = core;
    const positions = Array.from({ length: 150 }, (_, i) => i);
    const x = core.tensor(Float32Array.from({ length: 2 * 150 * 3 }, (_, i) => (i % 19) / 4 - 2), { shape: [2, 150, 3] }); // prettier-ignore
    const slopes = core.alibiSlopes(2);
    const options = {
      bias: biases.sum(core.zeros([150]), biases.alibi(slopes), biases.sum([[1]])),
      allow: masks.or(masks.causal(), masks.not(masks.lengths(100)), masks.segments(positions.map((i) => i >> 4))), // prettier-ignore
      block: masks.and(
        masks.or(masks.prefix(150), masks.window({ left: 0, right: Infinity })),
        masks.segments(
          positions.map((i) => Number(i >= 100 && i < 103)),
          positions.map(() => 1),
        ),
      ),
      emptyRow: "throw",
    } as const;
    const expected = (): unknown => core.attention(x, x, x, options);
    const prepared = prepareAttention("attention", [x, x, x], options, undefined, 2);
    const empty = inTurns(prepared.job, prepared.schedule).map(({ firstEmpty }) => firstEmpty);
    const first = Math.min(...empty.filter((row) => row >= 0));
    let message = "";
    try {
      prepared.finish(first);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain("none for query 100 of head 0");
    expect(expected).toThrow(message);
    const zero = { ...options, emptyRow: "zero" } as const;
    const again = prepareAttention("attention", [x, x, x], zero, undefined, 2);
    inTurns(again.job, again.schedule);
    const { output } = again.finish(first);
    expect(firstDifferentBits(output.data, core.attention(x, x, x, zero).data)).toBe(-1);
  });

  it("attention, float64: biases of a function and of tables, in their order", () => {
    const { biases, masks } = core;
    const numbers = (shape: [number, number], step: number): core.Tensor<Float64Array> =>
      core.tensor(
        Float64Array.from({ length: shape[0] * shape[1] }, (_, i) => Math.sin(i * step)),
        { shape },
      );
    const x = numbers([70, 5], 1);
    const asked = new Set<string>();
    const bias = biases.sum(
      biases.where((_b, _h, i, j) => (asked.add(`${i}, ${j}`), (i + 1) / (j + 3))),
      biases.relative(numbers([13 * 19, 1], 2), { grid: [7, 10] }),
      biases.sum(
        biases.relative(numbers([19, 1], 3)),
        biases.where(() => 0.1),
      ),
    );
    const options = { bias, block: masks.window({ left: Infinity, right: 0 }) };
    const alone = core.attention(x, x, x, options);
    const inOneThread = asked.size;
    asked.clear();
    const prepared = prepareAttention("attention", [x, x, x], options, undefined, 2);
    expect(asked.size).toBeGreaterThan(0);
    expect(asked.size).toBeLessThanOrEqual(inOneThread);
    asked.clear();
    inTurns(prepared.job, prepared.schedule);
    expect(asked.size).toBe(0);
    expect(firstDifferentBits(prepared.finish(-1).output.data, alone.data)).toBe(-1);
  });

  it("matmul: blocks of rows that pass from one matrix of a batch to the next", () => {
    const a = core.tensor(Float32Array.from({ length: 3 * 150 * 7 }, (_, i) => (i % 17) - 8.3), { shape: [3, 150, 7] }); // prettier-ignore
    const b = core.tensor(Float32Array.from({ length: 7 * 11 }, (_, i) => (i % 5) - 2.1), { shape: [7, 11] }); // prettier-ignore
    const { job, schedule, finish } = prepareMatmul(a, b, {}, 2);
    expect(inTurns(job, schedule).map(({ done }) => done)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    expect(firstDifferentBits(finish().data, core.matmul(a, b).data)).toBe(-1);
    const whole = prepareMatmul(a, b, { engine: "portable" }, 1);
    const shared = new Int32Array(control.size);
    compute({ id: 1, job: whole.job, schedule: whole.schedule, control: shared });
    expect(firstDifferentBits(whole.finish().data, core.matmul(a, b).data)).toBe(-1);
  });

  it("an error is part of the answer, and nothing is read once all is taken", () => {
    const { job, schedule } = prepareMatmul([[1]], [[1]], {}, 1);
    const shared = new Int32Array(control.size);
    const broken = { ...job, product: { ...job.product, left: undefined } } as unknown as Job;
    const reply = compute({ id: 5, job: broken, schedule, control: shared });
    expect([reply.id, reply.done, reply.error]).toEqual([5, 0, expect.any(TypeError)]);
    expect(compute({ id: 6, job: broken, schedule, control: shared })).toEqual({
      id: 6,
      done: 0,
      firstEmpty: -1,
    });
  });
});
