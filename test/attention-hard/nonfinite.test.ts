import { describe, expect, it } from "vitest";
import { firstOddNaN, writeOddNaN } from "../helpers/bits.js";
import { forced } from "../helpers/engines.js";
import { expectClose } from "../helpers/expectClose.js";
import { oracle } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { toCall } from "../helpers/problem.js";
import { denseOf, viewOf } from "../helpers/tensors.js";
import { floatsOf, oneHead, randomProblem, settings } from "./make.js";

const inf = Infinity;

describe.each(settings)(
  "not a number, infinite, or nothing ($dtype, $engine)",
  ({ dtype, engine }) => {
    const { attention, attentionTrace, attentionWithLse, mergeAttention } = forced(engine);
    const value = [
      [1, 10],
      [2, 20],
      [4, 40],
    ];

    /** All stages against the oracle, with canonical NaN only; the output as rows. */
    function rows(problem: Problem): number[][] {
      const expected = oracle(problem);
      const trace = attentionTrace(...toCall(problem));
      for (const stage of [
        "scores",
        "capped",
        "biased",
        "masked",
        "weights",
        "output",
        "lse",
      ] as const) {
        const { data } = denseOf(trace[stage]);
        expectClose(stage, data, expected[stage], { rel: 1e-5, abs: 1e-6 });
        expect(firstOddNaN(data), stage).toBe(-1);
      }
      const output = denseOf(attention(...toCall(problem)));
      expect(Array.from(output.data)).toEqual(Array.from(denseOf(trace.output).data));
      expect(firstOddNaN(output.data)).toBe(-1);
      const width = output.shape.at(-1)!;
      return Array.from({ length: output.data.length / width }, (_, r) =>
        Array.from(output.data.subarray(r * width, (r + 1) * width)),
      );
    }

    it("a NaN or +Infinity score spoils its row and no other", () => {
      for (const bad of [NaN, inf]) {
        const [first, second] = rows(
          oneHead(
            dtype,
            [
              [1, 0],
              [0, 1],
            ],
            [
              [1, 0],
              [bad, 0],
              [2, 0],
            ],
            value,
            { causal: { offset: 2 } },
          ),
        );
        expect(first).toEqual([NaN, NaN]);
        // The second row meets 0·Infinity or 0·NaN in its own score.
        expect(second).toEqual([NaN, NaN]);
        const alone = rows(
          oneHead(dtype, [[1], [1]], [[1], [bad], [2]], value, { causal: { offset: 0 } }),
        );
        expect(alone).toEqual([
          [1, 10],
          [NaN, NaN],
        ]);
      }
    });

    it("an allowed −Infinity score has weight 0 and its value is not read", () => {
      const poisoned = [
        [1, 10],
        [NaN, inf],
        [4, 40],
      ];
      const [row] = rows(oneHead(dtype, [[1]], [[1], [-inf], [1]], poisoned));
      expect(row).toEqual([2.5, 25]);
      const cut = floatsOf(dtype, [0, -inf, 0], [3]);
      expect(rows(oneHead(dtype, [[1]], [[1], [5], [1]], poisoned, { bias: cut }))).toEqual([row]);
    });

    it("a row of nothing but −Infinity scores is an empty row", () => {
      const problem = oneHead(dtype, [[1], [0.5]], [[-inf], [-inf], [-inf]], value);
      expect(rows(problem)).toEqual([
        [0, 0],
        [0, 0],
      ]);
      expect(rows({ ...problem, emptyRow: "nan" })).toEqual([
        [NaN, NaN],
        [NaN, NaN],
      ]);
      expect(() => attention(...toCall({ ...problem, emptyRow: "throw" }))).toThrow(RangeError);
    });

    it("empty rows: zero, nan or throw, whatever blocks them", () => {
      const ways: Partial<Problem>[] = [
        { allow: { data: Uint8Array.of(1, 1, 1, 0, 0, 0), shape: [2, 3] } },
        { block: { data: Uint8Array.of(0, 0, 0, 1, 1, 1), shape: [2, 3] } },
        { bias: floatsOf(dtype, [0, 0, 0, -inf, -inf, -inf], [2, 3]) },
        { window: { left: 0, right: 0, align: { offset: 2 } } },
      ];
      for (const way of ways) {
        const problem = oneHead(dtype, [[0], [0]], [[1], [2], [3]], value, way);
        const [full, empty] = rows(problem);
        expect(full.every((x) => x > 0)).toBe(true);
        expect(empty).toEqual([0, 0]);
        expect(rows({ ...problem, emptyRow: "zero" })).toEqual([full, [0, 0]]);
        expect(rows({ ...problem, emptyRow: "nan" })).toEqual([full, [NaN, NaN]]);
        expect(() => attention(...toCall({ ...problem, emptyRow: "throw" }))).toThrow(RangeError);
        expect(denseOf(attentionWithLse(...toCall(problem)).lse).data[1]).toBe(-inf);
      }
    });

    it("queries past queryLengths are zero, and no empty rows", () => {
      for (const emptyRow of ["zero", "nan", "throw"] as const) {
        const problem = randomProblem(dtype, 1, { L: 3 }, { queryLengths: [2, 0], emptyRow });
        const output = denseOf(attention(...toCall(problem))).data;
        const rowAt = (r: number): number[] => Array.from(output.subarray(r * 13, (r + 1) * 13));
        for (const r of [2, 5, 8, 9, 17]) expect(rowAt(r)).toEqual(new Array(13).fill(0));
        expect(rowAt(0).every((x) => x !== 0 && Number.isFinite(x))).toBe(true);
      }
    });

    it("no key length at all is an empty row", () => {
      const problem = randomProblem(dtype, 2, { L: 2 }, { keyLengths: [0, 7] });
      const [first] = rows(problem);
      expect(first).toEqual(new Array(13).fill(0));
      expect(() => attention(...toCall({ ...problem, emptyRow: "throw" }))).toThrow(RangeError);
    });

    it("axes of length zero work", () => {
      expect(rows(randomProblem(dtype, 3, { S: 0 }))).toEqual(
        new Array(30).fill(new Array(13).fill(0)),
      );
      for (const sizes of [{ L: 0 }, { B: 0 }, { E: 0 }]) {
        const problem = randomProblem(dtype, 4, sizes);
        const output = attention(...toCall(problem));
        expect(output.shape).toEqual([...problem.query.shape.slice(0, 3), problem.value.shape[3]]);
        expect(denseOf(output).data.length).toBe(0);
      }
      const flat = randomProblem(dtype, 5, { D: 0 }, { scale: 1 });
      expect(rows(flat).length).toBe(30);
      expect(() => attention(...toCall({ ...flat, scale: undefined }))).toThrow(RangeError);
    });

    it("NaN in an allowed value spoils that column only", () => {
      const [row] = rows(
        oneHead(
          dtype,
          [[0]],
          [[1], [2], [3]],
          [
            [1, 3],
            [NaN, 3],
            [1, 3],
          ],
        ),
      );
      expect(row).toEqual([NaN, 3]);
    });

    it("an infinite value carries over, two of opposite sign are NaN", () => {
      const run = (...column: number[]): number =>
        rows(
          oneHead(
            dtype,
            [[0]],
            [[1], [2], [3]],
            column.map((x) => [x]),
          ),
        )[0][0];
      expect(run(1, inf, 2)).toBe(inf);
      expect(run(1, -inf, 2)).toBe(-inf);
      expect(run(inf, 1, -inf)).toBe(NaN);
    });

    it("a weight that underflowed times an infinite value is NaN", () => {
      const far = dtype === "float32" ? -200 : -2000;
      const problem = oneHead(dtype, [[1]], [[0], [far], [0]], [[1], [inf], [1]]);
      expect(Array.from(denseOf(attention(...toCall(problem))).data)).toEqual([NaN]);
    });

    it("softcap makes infinite raw scores ± the cap, and leaves NaN", () => {
      const query = [[1]];
      const [row] = rows(oneHead(dtype, query, [[inf], [-inf], [0]], value, { softcap: 2 }));
      const powers = [2, -2, 0].map(Math.exp);
      const expected = (powers[0] + 2 * powers[1] + 4 * powers[2]) / powers.reduce((a, b) => a + b);
      expect(row[0]).toBeCloseTo(expected, 5);
      expect(rows(oneHead(dtype, query, [[inf], [NaN], [0]], value, { softcap: 2 }))).toEqual([
        [NaN, NaN],
      ]);
    });

    it("+Infinity or NaN in the bias spoils the row of an allowed pair, not of a blocked one", () => {
      for (const bad of [inf, NaN]) {
        const bias = floatsOf(dtype, [0, bad, 0], [3]);
        const query = [[0], [0]];
        const key = [[1], [1], [1]];
        const all = rows(oneHead(dtype, query, key, value, { bias }));
        expect(all).toEqual([
          [NaN, NaN],
          [NaN, NaN],
        ]);
        const some = rows(oneHead(dtype, query, key, value, { bias, causal: { offset: 0 } }));
        expect(some).toEqual([
          [1, 10],
          [NaN, NaN],
        ]);
      }
    });

    it("sinks take their share, and only that", () => {
      const sinks = floatsOf(dtype, [1], [1]).data;
      const problem = oneHead(dtype, [[0]], [[0], [0], [0]], value, { sinks });
      const [row] = rows(problem);
      expect(row[0]).toBeCloseTo(7 / (3 + Math.E), 5);
      expect(denseOf(attentionWithLse(...toCall(problem)).lse).data[0]).toBeCloseTo(
        Math.log(3 + Math.E),
        5,
      );
      const none = { ...problem, sinks: floatsOf(dtype, [-inf], [1]).data };
      expect(rows(none)).toEqual(rows({ ...problem, sinks: undefined }));
    });

    it("an otherwise empty row has the sink as its lse", () => {
      const sinks = floatsOf(dtype, [1.25], [1]).data;
      const block = { data: Uint8Array.of(1), shape: [] };
      const problem = oneHead(dtype, [[0]], [[0], [0], [0]], value, { sinks, block });
      expect(rows(problem)).toEqual([[0, 0]]);
      expect(denseOf(attentionWithLse(...toCall(problem)).lse).data[0]).toBe(1.25);
    });

    it("a NaN or +Infinity sink spoils its head", () => {
      for (const bad of [NaN, inf]) {
        const sinks = floatsOf(dtype, [0, bad, 0], [3]).data;
        const all = rows(randomProblem(dtype, 6, { B: 1, L: 1 }, { sinks }));
        expect(all.map((row) => row.every(Number.isNaN))).toEqual([false, true, false]);
      }
    });

    it("the NaN of an input leaves as the canonical one", () => {
      for (const target of ["query", "key", "value"] as const) {
        const clean = randomProblem(dtype, 7, { S: 70 });
        const data = clean[target].data.slice();
        for (let at = 0; at < data.length; at += 10) writeOddNaN(data, at, at % 20 === 0);
        rows({ ...clean, [target]: { ...clean[target], data } });
      }
    });

    it("mergeAttention keeps the rules: empty parts, NaN parts, sinks", () => {
      const part = (problem: Problem) => attentionWithLse(...toCall(problem));
      const block = { data: Uint8Array.of(1), shape: [] };
      const query = [[0], [1]];
      const some = part(oneHead(dtype, query, [[1], [2], [3]], value));
      const none = part(oneHead(dtype, query, [[1], [2], [3]], value, { block }));
      const bad = part(oneHead(dtype, query, [[1], [NaN], [3]], value));
      const same = mergeAttention([some, none]);
      expect(Array.from(denseOf(same.output).data)).toEqual(Array.from(denseOf(some.output).data));
      expect(Array.from(denseOf(same.lse).data)).toEqual(Array.from(denseOf(some.lse).data));
      const empty = mergeAttention([none, none]);
      expect(Array.from(denseOf(empty.output).data)).toEqual([0, 0, 0, 0]);
      expect(Array.from(denseOf(empty.lse).data)).toEqual([-inf, -inf]);
      const spoilt = mergeAttention([some, bad]);
      expect(Array.from(denseOf(spoilt.output).data)).toEqual([NaN, NaN, NaN, NaN]);
      expect(firstOddNaN(denseOf(spoilt.output).data)).toBe(-1);
      const sinks = viewOf(floatsOf(dtype, [0.5], [1]));
      const withSink = mergeAttention([some, none], { sinks });
      const whole = part(
        oneHead(dtype, query, [[1], [2], [3]], value, { sinks: floatsOf(dtype, [0.5], [1]).data }),
      );
      expectClose("output", denseOf(withSink.output).data, denseOf(whole.output).data, {
        rel: 1e-6,
      });
      expectClose("lse", denseOf(withSink.lse).data, denseOf(whole.lse).data, { rel: 1e-6 });
    });
  },
);
