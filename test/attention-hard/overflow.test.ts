import { describe, expect, it } from "vitest";
import { firstDifferentBits } from "../helpers/bits.js";
import { forced } from "../helpers/engines.js";
import { expectClose } from "../helpers/expectClose.js";
import { oracle } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { toCall } from "../helpers/problem.js";
import { denseOf } from "../helpers/tensors.js";
import { oneHead, randomProblem, settings } from "./make.js";

// Numbers whose sums leave the range of the precision on the way, or at the end, although the
// attention they stand for is an ordinary number.

describe.each(settings)("overflow ($dtype, $engine)", ({ dtype, engine }) => {
  const { attention, attentionTrace, attentionWithLse, mergeAttention } = forced(engine);
  const unit = dtype === "float32" ? 2 ** -24 : 2 ** -53;
  // r² is just above the largest number, so that r·r overflows and r alone does not.
  const r = dtype === "float32" ? 2 ** 65 : 2 ** 513;
  const max = dtype === "float32" ? 3e38 : 1.7e308;
  const values = [[1], [2], [4], [8]];

  /** Weights and output within the oracle's, and the output the same whether looked at or not. */
  function check(problem: Problem, abs = 40 * unit): Float64Array {
    const expected = oracle(problem);
    const trace = attentionTrace(...toCall(problem));
    const output = attention(...toCall(problem));
    const size = expected.output.reduce((a, x) => Math.max(a, Math.abs(x)), 1e-300);
    expectClose("output", denseOf(output).data, expected.output, { abs: abs * size });
    expectClose("weights", denseOf(trace.weights).data, expected.weights, { abs });
    expect(firstDifferentBits(denseOf(output).data, denseOf(trace.output).data)).toBe(-1);
    return expected.weights;
  }

  it("partial sums that overflow and come back", () => {
    // +∞ on the way, then −∞: NaN in a plain sum. The true scores are 0, 1, 0, −1.
    const query = [[r, r, 1]];
    const key = [
      [r, -r, 0],
      [r, -r, 1],
      [-r, r, 0],
      [-r, r, -1],
    ];
    const weights = check(oneHead(dtype, query, key, values));
    expect(weights[1]).toBeCloseTo(0.5344466455, 9);
  });

  it("partial sums that overflow and stay: a finite, wrong output", () => {
    // Each product is in range; the sum passes the largest number and comes back to 0.
    const q = dtype === "float32" ? 2 ** 63 : 2 ** 511;
    const k = dtype === "float32" ? 1.5 * 2 ** 64 : 1.5 * 2 ** 512;
    const query = [[q, q, q, q]];
    const key = [
      [-k, -k, k, k],
      [0, 0, 0, 0],
      [k, k, -k, -k],
      [0, 0, 0, 0],
    ];
    expect(Array.from(check(oneHead(dtype, query, key, values)))).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it("the same in the middle of a tile, and of a row of several tiles", () => {
    const S = 150;
    const q = dtype === "float32" ? 2 ** 63 : 2 ** 511;
    const k = dtype === "float32" ? 1.5 * 2 ** 64 : 1.5 * 2 ** 512;
    const key = Array.from({ length: S }, (_, j) =>
      j % 37 === 5 ? [-k, -k, k, k, 1 / q] : [0, 0, 0, 0, (j % 3) / q],
    );
    const many = Array.from({ length: S }, (_, j) => [Math.sin(j), j]);
    check(oneHead(dtype, [[q, q, q, q, q]], key, many));
  });

  it("scores beyond the largest number: the largest one wins, equals share", () => {
    const query = [[r], [-r]];
    const weights = check(oneHead(dtype, query, [[r], [2 * r], [2 * r], [0]], values));
    expect(Array.from(weights)).toEqual([0, 0.5, 0.5, 0, 0, 0, 0, 1]);
  });

  it("scores below the smallest number: they have no weight beside others", () => {
    const weights = check(oneHead(dtype, [[r]], [[-r], [0], [1 / r], [-2 * r]], values));
    expect(weights[0]).toBe(0);
    expect(weights[2]).toBeCloseTo(Math.E / (1 + Math.E), 9);
  });

  it("a key that overflows leaves the scores of the others what they are", () => {
    // The second score comes from the smallest part of the query.
    const small = dtype === "float32" ? 2 ** -60 : 2 ** -56;
    const query = [[max, small]];
    const key = [
      [-max, 0],
      [0, 3 / small],
      [0, 0],
    ];
    const weights = check(oneHead(dtype, query, key, values.slice(0, 3)));
    expect(weights[1]).toBeCloseTo(1 / (1 + Math.exp(-3)), 9);
    // The same with an infinite score in place of the overflowing one.
    check(oneHead(dtype, query, [[-Infinity, 0], ...key.slice(1)], values.slice(0, 3)));
  });

  it("nothing but scores below the smallest number: not an empty row", () => {
    const weights = check(oneHead(dtype, [[r]], [[-r], [-2 * r], [-r], [-2 * r]], values));
    expect(Array.from(weights)).toEqual([0.5, 0, 0.5, 0]);
  });

  it("the scaled query overflows, the score does not", () => {
    const key = [[1 / max], [2 / max], [0], [-1 / max]];
    check(oneHead(dtype, [[max / 100]], key, values, { scale: 200 }));
  });

  it("the unscaled score overflows, the scaled one does not", () => {
    const scale = 1 / r / r;
    check(
      oneHead(
        dtype,
        [[r, r]],
        [
          [r, r],
          [r, 0],
          [0, 0],
          [-r, r / 2],
        ],
        values,
        { scale },
      ),
    );
  });

  it("softcap of overflowing scores is ± the cap", () => {
    const options = { softcap: 1.5 };
    const weights = check(
      oneHead(
        dtype,
        [[r, r, 1]],
        [
          [r, r, 0],
          [-r, -r, 0],
          [r, -r, 1],
          [0, 0, 0],
        ],
        values,
        options,
      ),
    );
    const powers = [1.5, -1.5, 1.5 * Math.tanh(1 / 1.5), 0].map(Math.exp);
    expect(weights[0]).toBeCloseTo(powers[0] / powers.reduce((a, b) => a + b), 9);
  });

  it("bias and sink beside overflowing scores", () => {
    const bias = {
      data: oneHead(dtype, [[0, 3, -2, -Infinity]], [[0]], [[0]]).query.data,
      shape: [4],
    };
    check(
      oneHead(
        dtype,
        [[r, r, 1]],
        [
          [r, -r, 0],
          [-r, r, 1],
          [r, -r, 2],
          [r, r, 9],
        ],
        values,
        { bias },
      ),
    );
    const sinks = bias.data.slice(1, 2);
    check(
      oneHead(
        dtype,
        [[r, r, 1]],
        [
          [r, -r, 0],
          [-r, r, 1],
          [r, -r, 2],
          [0, 0, 0],
        ],
        values,
        { sinks },
      ),
    );
    check(oneHead(dtype, [[r]], [[r], [r], [-r], [0]], values, { sinks }));
    check(oneHead(dtype, [[r]], [[-r], [-2 * r], [-r], [-r]], values, { sinks }));
  });

  it("lse and shown scores of what lies beyond the range are infinite, the weights are not", () => {
    const trace = attentionTrace(...toCall(oneHead(dtype, [[r]], [[r], [r]], [[1], [3]])));
    expect(denseOf(trace.scores).data[0]).toBe(Infinity);
    expect(denseOf(trace.lse).data[0]).toBe(Infinity);
    expect(Array.from(denseOf(trace.weights).data)).toEqual([0.5, 0.5]);
    expect(Array.from(denseOf(trace.output).data)).toEqual([2]);
  });

  it("an overflow that only blocked keys have changes no bit", () => {
    const clean = randomProblem(dtype, 8, { S: 70 }, { causal: { offset: 64 } });
    const key = { ...clean.key, data: clean.key.data.slice() };
    key.data.fill(max, 69 * 11, 70 * 11);
    const [before, after] = [clean, { ...clean, key }].map(
      (problem) => denseOf(attention(...toCall(problem))).data,
    );
    expect(firstDifferentBits(after.subarray(0, 4 * 13), before.subarray(0, 4 * 13))).toBe(-1);
  });

  it("a row that overflows does not change its neighbours", () => {
    const clean = randomProblem(dtype, 9, { B: 1, H: 1, L: 3, S: 70 });
    const query = { ...clean.query, data: clean.query.data.slice() };
    query.data.fill(max, 11, 22);
    const [before, after] = [clean, { ...clean, query }].map(
      (problem) => denseOf(attention(...toCall(problem))).data,
    );
    for (const row of [0, 2]) {
      const cut = [row * 13, (row + 1) * 13] as const;
      expect(firstDifferentBits(after.subarray(...cut), before.subarray(...cut))).toBe(-1);
    }
  });

  it("values near the largest number", () => {
    for (const S of [2, 4, 63, 64, 65, 200]) {
      const key = Array.from({ length: S }, (_, j) => [j % 2]);
      const value = Array.from({ length: S }, (_, j) => [
        max,
        -max,
        j % 2 ? max : -max,
        j % 5 ? max : 1,
      ]);
      check(oneHead(dtype, [[0], [1], [-3]], key, value), 2 * (S + 20) * unit);
    }
  });

  it("parts with values near the largest number merge", () => {
    const part = (value: number, keys: number) => {
      const key = Array.from({ length: keys }, () => [0]);
      const call = toCall(
        oneHead(
          dtype,
          [[1]],
          key,
          key.map(() => [value, max]),
        ),
      );
      return attentionWithLse(...call);
    };
    const { output } = mergeAttention([part(max, 3), part(-max, 1), part(max, 1)]);
    const expected = [max * (3 / 5), max];
    expectClose("output", denseOf(output).data, expected, { rel: 40 * unit });
  });

  it("large values of opposite sign cancel", () => {
    const value = [[max], [max], [-max], [-max / 2]];
    check(oneHead(dtype, [[0]], [[0], [0], [0], [0]], value));
  });

  it("one column near the largest number leaves the others to the last bit", () => {
    const clean = randomProblem(dtype, 10, { B: 1, H: 1, S: 70 });
    const value = { ...clean.value, data: clean.value.data.slice() };
    for (let j = 0; j < 70; j++) value.data[j * 13 + 4] = max;
    const [before, after] = [clean, { ...clean, value }].map(
      (problem) => denseOf(attention(...toCall(problem))).data,
    );
    after.forEach((x, at) => {
      if (at % 13 === 4) expect(Math.abs(x / max - 1)).toBeLessThan(100 * unit);
      else expect(x).toBe(before[at]);
    });
  });
});
