import fc from "fast-check";
import { expect, test } from "vitest";
import {
  attention,
  attentionTrace,
  attentionWithWeights,
  matmul,
  tensor,
  type Engine,
  type FloatArray,
} from "../../src/core.js";
import { explain } from "../../src/explain/index.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { oracle } from "../helpers/oracle.js";
import { sizesOf, toCall, type Problem } from "../helpers/problem.js";
import { denseOf } from "../helpers/tensors.js";
import { dtypes } from "../attention-hard/make.js";
import { describeProblem, problemOf, recipes } from "../laws/problems.js";
import { explainProblem, letters } from "./explainProblem.js";

const runs = 40;

function same(what: string, got: FloatArray, expected: FloatArray): void {
  const at = firstDifferentBits(got, expected);
  if (at < 0) return;
  throw new Error(`${what}: element ${at} is ${got[at]}, expected ${expected[at]}`);
}

/** Rows and whole stages of every head have the bits of the functions of the core. */
function checkBits(problem: Problem): void {
  const { B, H, L, S, E } = sizesOf(problem);
  const call = toCall(problem);
  const trace = attentionTrace(...call);
  const { output, weights } = attentionWithWeights(...call);
  const dense = (name: keyof typeof trace): FloatArray => denseOf(trace[name]).data;
  const outputs = headFirst(problem, denseOf(output).data);
  const weightsOf = denseOf(weights).data;
  for (let b = 0; b < B; b++) {
    const explanation = explainProblem(problem, b);
    for (let h = 0; h < H; h++) {
      const view = explanation.head(h);
      const first = (b * H + h) * L;
      const part = (data: FloatArray, size: number): FloatArray =>
        data.slice(first * size, (first + L) * size) as FloatArray;
      for (const stage of ["scores", "capped", "biased", "masked"] as const) {
        same(stage, view.stage(stage).data, part(dense(stage), S));
      }
      same("weights", view.stage("weights").data, part(weightsOf, S));
      same("output", view.stage("output").data, part(outputs, E));
      same("lse", view.stage("lse").data, part(dense("lse"), 1));
      for (const i of new Set(L > 0 ? [0, L - 1] : [])) {
        const row = view.row(i);
        const at = first + i;
        same("row weights", row.weights, weightsOf.slice(at * S, (at + 1) * S) as FloatArray);
        same("row output", row.output, outputs.slice(at * E, (at + 1) * E) as FloatArray);
        expect(row.keys.map(({ weight }) => weight)).toEqual(
          Array.from(row.weights).sort((x, y) => y - x || 0),
        );
      }
    }
  }
}

/** The output of a sequence-first call, heads first. */
function headFirst(problem: Problem, data: FloatArray): FloatArray {
  if (problem.style?.layout !== "BLHD" || !problem.headAxis) return data;
  const { B, H, L, E } = sizesOf(problem);
  const moved = data.slice() as FloatArray;
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      for (let i = 0; i < L; i++) {
        const from = ((b * L + i) * H + h) * E;
        moved.set(data.subarray(from, from + E), ((b * H + h) * L + i) * E);
      }
    }
  }
  return moved;
}

test.each(dtypes)("rows and stages have the bits of attention, %s", (dtype) => {
  const property = fc.property(recipes(dtype, true), (recipe) => {
    const problem = problemOf(recipe, 60_000);
    try {
      checkBits(problem);
    } catch (error) {
      throw new Error(`${describeProblem(problem)}: ${(error as Error).message}`, { cause: error });
    }
  });
  fc.assert(property, { numRuns: runs, seed: 419, endOnFailure: true });
});

test.each(dtypes)(
  "blocked is what the masks say, and every blocked pair has a reason, %s",
  (dtype) => {
    const property = fc.property(recipes(dtype, false), (recipe) => {
      const problem = problemOf(recipe, 20_000);
      const { visible } = oracle(problem);
      const { B, H, L, S } = sizesOf(problem);
      const views = Array.from({ length: B * H }, (_, matrix) =>
        explainProblem(problem, Math.floor(matrix / H)).head(matrix % H),
      );
      for (let row = 0; row < B * H * L; row++) {
        for (const { keyIndex, blocked, reason } of views[Math.floor(row / L)].row(row % L).keys) {
          const expected = visible[row * S + keyIndex] === 0;
          if (blocked === expected && (reason !== "") === expected) continue;
          throw new Error(`row ${row}, key ${keyIndex}: blocked ${blocked}, reason "${reason}"`);
        }
      }
    });
    fc.assert(property, { numRuns: 60, seed: 7, endOnFailure: true });
  },
);

test("raw is matmul, q·kᵀ without the scale", () => {
  const property = fc.property(recipes("float32", true), (recipe) => {
    const problem = problemOf({ ...recipe, style: null }, 60_000);
    const { H, Hkv, L, S, D } = sizesOf(problem);
    for (let h = 0; h < H; h++) {
      const matrix = (data: FloatArray, at: number, n: number) => ({
        data,
        shape: [n, D],
        stride: [D, 1],
        offset: at * n * D,
      });
      const kv = Math.floor((h * Hkv) / H);
      const expected = matmul(matrix(problem.query.data, h, L), matrix(problem.key.data, kv, S), {
        transposeB: true,
      });
      same("raw", explainProblem(problem, 0).head(h).stage("raw").data, denseOf(expected).data);
    }
  });
  fc.assert(property, { numRuns: 30, seed: 3, endOnFailure: true });
});

test("a row of a long input takes no L·S memory", () => {
  const length = 16_384;
  const x = { data: new Float32Array(length * 4).fill(0.5), shape: [length, 4], stride: [4, 1], offset: 0 }; // prettier-ignore
  const before = process.memoryUsage().arrayBuffers;
  const view = explain(x, x, x, { tokens: letters(length), causal: true }).head(0);
  const { keys, output } = view.row(9_999);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
  expect(keys[9_999].weight).toBeCloseTo(1e-4, 8);
  expect([keys[10_000].blocked, output[0]]).toEqual([true, 0.5]);
});

test("the reference engine explains the reference, every other one the same bits", () => {
  const numbers = (n: number) => Float32Array.from({ length: 320 }, (_, i) => Math.sin(i * n + 1));
  const [query, key, value] = [1, 2, 3].map((n) => tensor(numbers(n), { shape: [40, 8] }));
  const explained = (engine: Engine): FloatArray =>
    explain(query, key, value, { tokens: letters(40), engine })
      .head(0)
      .stage("output").data;
  for (const engine of ["auto", "portable", "wasm", "reference"] as const) {
    same(engine, explained(engine), attention(query, key, value, { engine }).data);
  }
  expect(firstDifferentBits(explained("reference"), explained("auto"))).not.toBe(-1);
});
