import fc from "fast-check";
import { describe, it } from "vitest";
import type { Library } from "../helpers/vectors.js";
import { engines, forced } from "../helpers/engines.js";
import { oracle } from "../helpers/oracle.js";
import { readPairs } from "../helpers/readPairs.js";
import type { Problem } from "../helpers/problem.js";
import { keyMatrixOf, sizesOf, toCall } from "../helpers/problem.js";
import { denseOf } from "../helpers/tensors.js";
import type { Recipe } from "../laws/problems.js";
import { describeProblem, problemOf, recipes } from "../laws/problems.js";
import { settings } from "./make.js";

// Random problems with NaN, ±Infinity, numbers near the largest and below the smallest: what is
// NaN, infinite or zero by the rules has to be that, in every stage of every row.

describe.each(settings)("wild numbers follow the rules ($dtype, $engine)", ({ dtype, engine }) => {
  const library = forced(engine);
  it("every row is NaN, infinite, empty or close to the oracle as it should be", () => {
    const property = fc.property(recipes(dtype, true), (recipe: Recipe) => {
      const problem = { ...problemOf({ ...recipe, numbers: "wild" }), style: undefined };
      try {
        compare(library, problem);
      } catch (error) {
        throw new Error(`${describeProblem(problem)}: ${(error as Error).message}`, {
          cause: error,
        });
      }
    });
    const runs = (100 * Number(process.env.QKV_RUNS ?? 1)) / engines.length;
    const seed =
      process.env.QKV_SEED === "random" ? Date.now() % 2 ** 31 : Number(process.env.QKV_SEED ?? 1);
    fc.assert(property, { numRuns: runs, seed: seed + engines.indexOf(engine) });
  });
});

function compare({ attention, attentionTrace }: Library, problem: Problem): void {
  const shape = sizesOf(problem);
  const { B, H, L, S, E } = shape;
  const u = problem.dtype === "float32" ? 2 ** -24 : 2 ** -53;
  const tiny = problem.dtype === "float32" ? 2 ** -149 : 2 ** -1074;
  const largest = problem.dtype === "float32" ? 3.4e38 : Number.MAX_VALUE;
  const round = problem.dtype === "float32" ? Math.fround : (x: number): number => x;
  const expected = oracle(problem);
  const trace = attentionTrace(...toCall(problem));
  const got = (stage: keyof typeof trace) => denseOf(trace[stage]).data;
  const [weights, output, lse, masked] = (["weights", "output", "lse", "masked"] as const).map(got);
  const plain = denseOf(attention(...toCall(problem))).data;
  const { sizes, mixed } = scoreSizes(problem);
  const bias = readPairs(problem, problem.bias, 0);
  for (let row = 0; row < B * H * L; row++) {
    const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
    const kv = keyMatrixOf(shape, row);
    // A score that only a finite bias sends out of range is infinite in the precision of the call.
    let leaves = false;
    for (let j = 0; j < S; j++) {
      const leftRange = !Number.isFinite(round(expected.biased[row * S + j]));
      leaves ||= leftRange && problem.bias !== undefined && Number.isFinite(bias(b, h, i, j));
    }
    if (mixed[row] || leaves) continue;
    const delta = 100 * sizes[row] * u;
    const check = (what: string, value: number, exact: number, tolerance: number): void => {
      const same = Object.is(value, exact) || value === exact || value === round(exact);
      // Close to the largest number either side may have rounded to Infinity.
      const edge =
        Math.abs(round(exact * (1 + delta + 1e-6))) === Infinity && Math.abs(value) > 1e38;
      if (!same && !edge && !(Math.abs(value - exact) <= tolerance)) {
        throw new Error(`${what}: ${value}, expected ${exact} ± ${tolerance} (row ${row})`);
      }
    };
    const slack =
      delta + 100 * u * (1 + Math.abs(Number.isFinite(expected.lse[row]) ? expected.lse[row] : 0));
    for (let pair = row * S; pair < (row + 1) * S; pair++) {
      if (expected.visible[pair] === 0 && masked[pair] !== -Infinity) {
        throw new Error(`masked ${pair} is ${masked[pair]}`);
      }
      if (expected.visible[pair])
        check(`masked ${pair}`, masked[pair], expected.masked[pair], slack);
      // A score of 1e30 is known to 1e22 only: then any weight may be right.
      const shift = Math.min(1, 4 * slack + (S + 100) * u);
      check(`weight ${pair}`, weights[pair], expected.weights[pair], shift);
    }
    check("lse", lse[row], expected.lse[row], slack + (S + 100) * u);
    for (let e = 0; e < E; e++) {
      const at = row * E + e;
      if (!Object.is(plain[at], output[at])) throw new Error(`output ${at}: trace differs`);
      let [size, infinite, open] = [0, false, false];
      for (let j = 0; j < S; j++) {
        if (!expected.visible[row * S + j]) continue;
        const value = Math.abs(problem.value.data[(kv * S + j) * E + e]);
        if (value < Infinity) size = Math.max(size, value);
        else infinite = true;
        // An infinite value counts or not depending on where its weight underflows.
        if (!(value < Infinity || expected.weights[row * S + j] > 1e-30)) open = true;
      }
      // As in the scores: ∞ − ∞ depends on the order.
      if (infinite && size * S > largest) open = true;
      if (open || (slack > 1e-3 && !Number.isNaN(expected.output[at]))) continue;
      const relative = Math.min(2, 4 * slack + (2 * S + 400) * u);
      check(`output ${at}`, output[at], expected.output[at], relative * size + S * tiny);
    }
  }
}

/**
 * The largest `Σ|q·k|·|scale| + |bias|` among the finite numbers of each row, and whether a row mixes
 * products that may overflow with infinite ones: then ∞ − ∞ depends on the order of the sum.
 */
function scoreSizes(problem: Problem): { sizes: Float64Array; mixed: Uint8Array } {
  const shape = sizesOf(problem);
  const { B, H, L, S, D } = shape;
  const { query, key } = problem;
  const largest = problem.dtype === "float32" ? 3.4e38 : Number.MAX_VALUE;
  const scale = Math.abs(problem.scale ?? 1 / Math.sqrt(D));
  const bias = readPairs(problem, problem.bias, 0);
  const mixed = new Uint8Array(B * H * L);
  const sizes = new Float64Array(B * H * L).map((_, row) => {
    const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
    const kv = keyMatrixOf(shape, row);
    let size = Math.abs(problem.sinks?.[h] ?? 0);
    if (!(size < Infinity)) size = 0;
    for (let j = 0; j < S; j++) {
      let sum = 0;
      let infinite = false;
      for (let d = 0; d < D; d++) {
        const [q, k] = [query.data[row * D + d], key.data[(kv * S + j) * D + d]];
        if (Number.isFinite(q) && Number.isFinite(k)) sum += Math.abs(q * scale * k);
        else infinite = true;
      }
      if (infinite && !(sum < largest)) mixed[row] = 1;
      const added = Math.abs(bias(b, h, i, j));
      size = Math.max(size, sum + (added < Infinity ? added : 0));
    }
    return size;
  });
  return { sizes, mixed };
}
