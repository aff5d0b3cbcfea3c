import type { FloatArray } from "../../src/tensor/types.js";
import { oracle, scaleOf, visibility } from "../helpers/oracle.js";
import { sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { readPairs } from "../helpers/readPairs.js";
import { denseOf, viewOf } from "../helpers/tensors.js";
import { largestValues, lnOf, rowBound, scoreSizes, tiles, underflow, unit } from "./bounds.js";
import type { Law } from "./law.js";
import { within } from "./law.js";
import * as rewrite from "./rewrite.js";

const mergeOfSplit: Law = {
  name: "merging the parts of a split = the whole",
  kind: "bound",
  formula:
    "|merge − whole| ≤ (2·max|lse| + 3·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22))·2⁻²⁴·max|v|, the lse " +
    "within (3·max|lse| + 10·ln S + 12⌈S/64⌉ + 40)·2⁻²⁴ (float64: 2⁻⁵³), max|lse| over whole and parts",
  // Each part's lse is rounded, at most u·|lse| off, which shifts that part's share by as much
  // relatively; the shares sum to one, so that the output moves by at most 2u·max|lse|·max|v|.
  // The rest are the roundings of the parts, of the merge, and of the whole.
  check(library, original) {
    const problem = rewrite.withDenseMask(
      rewrite.withZeroEmptyRows({ ...original, style: undefined }),
    );
    const { B, H, L, S, E } = sizesOf(problem);
    const random = new Random(problem.seed);
    const count = random.integer(1, 3);
    const contiguous = random.chance(0.5);
    const owner = Array.from({ length: S }, (_, j) =>
      contiguous ? Math.floor((j * count) / S) : random.integer(0, count - 1),
    );
    const parts = Array.from({ length: count }, (_, part) => {
      const keys = owner.flatMap((p, j) => (p === part ? [j] : []));
      const piece = rewrite.takeKeys(rewrite.withoutSinks(problem), keys);
      return library.attentionWithLse(...toCall(piece));
    });
    const sinks = problem.sinks && viewOf({ data: problem.sinks, shape: [H] });
    const merged = library.mergeAttention(parts, sinks ? { sinks } : {});
    const whole = library.attentionWithLse(...toCall(problem));
    const output = denseOf(merged.output).data;
    const expected = denseOf(whole.output).data;
    const lse = denseOf(merged.lse).data;
    const wholeLse = denseOf(whole.lse).data;
    const partLse = parts.map((part) => denseOf(part.lse).data);
    const largest = largestValues(sizesOf(problem), visibility(problem), problem.value.data);
    const u = unit(problem.dtype);
    for (let row = 0; row < B * H * L; row++) {
      const sizes = [wholeLse, ...partLse].map((values) => Math.abs(values[row]));
      const size = Math.max(0, ...sizes.filter((value) => value !== Infinity));
      if (wholeLse[row] === -Infinity) {
        if (lse[row] !== -Infinity) throw new Error(`lse ${row} is ${lse[row]}, the row is empty`);
      } else {
        const slack = (3 * size + 10 * lnOf(S) + 12 * tiles(S) + 40) * u;
        within(`lse ${row}`, lse[row], wholeLse[row], slack);
      }
      for (let at = row * E; at < (row + 1) * E; at++) {
        const slack = (2 * size + 3 * rowBound(S)) * u * largest[at] + underflow(problem.dtype, S);
        within(`output ${at}`, output[at], expected[at], slack);
      }
    }
  },
};

const agreesWithDefinition: Law = {
  name: "every stage agrees with the definition in float64",
  kind: "bound",
  formula:
    "scores, capped, biased, masked within δ = 2·(D + 6)·M·2⁻²⁴, M = max(Σ|q·k|·|scale| + |bias|); " +
    "weights within 2δ + 2·(ln S + 6⌈S/64⌉ + 20 + S)·2⁻²⁴; output within (2δ + " +
    "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22 + S)·2⁻²⁴)·max|v|; lse within δ + (2·|lse| + 10·ln S + " +
    "6⌈S/64⌉ + 20 + S)·2⁻²⁴ (float64: 2⁻⁵³)",
  // A dot product takes D products and sums and the scaled query one rounding; softcap, whose slope
  // is at most 1, and bias a few more; both sides round, hence the 2. An error of δ in the scores
  // changes a weight by 2δ relatively. S units are for the plain sums of the definition itself.
  check(library, original) {
    const problem = rewrite.withoutStyle(original);
    const { B, H, L, S, D, E } = sizesOf(problem);
    const expected = oracle(problem);
    const trace = library.attentionTrace(...toCall(problem));
    const largest = largestValues(sizesOf(problem), visibility(problem), problem.value.data);
    const { query, key } = problem;
    const bias = readPairs(problem, problem.bias, 0);
    const sizes = scoreSizes(
      ...([sizesOf(problem), scaleOf(problem), query.data, key.data] as const),
      (row, j) => bias(Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L, j),
      problem.sinks,
    );
    const u = unit(problem.dtype);
    const rest = (factor: number): number => (factor + 10 * lnOf(S) + 6 * tiles(S) + 20 + S) * u;
    for (let row = 0; row < B * H * L; row++) {
      const delta = 2 * (D + 6) * sizes[row] * u;
      const compare = (stage: keyof typeof trace, at: number, tolerance: number): void => {
        const [got, exact] = [denseData(trace[stage])[at], expected[stage][at]];
        if (Object.is(got, exact) || (got === exact && !Number.isNaN(got))) return;
        within(`${stage} ${at}`, got, exact, tolerance);
      };
      for (let pair = row * S; pair < (row + 1) * S; pair++) {
        for (const stage of ["scores", "capped", "biased", "masked"] as const) {
          compare(stage, pair, delta);
        }
        compare("weights", pair, 2 * delta + 2 * rest(0));
      }
      compare("lse", row, delta + rest(2 * Math.abs(expected.lse[row])));
      const relative = 2 * delta + 2 * (rowBound(S) + S) * u;
      for (let at = row * E; at < (row + 1) * E; at++) {
        compare("output", at, relative * largest[at] + underflow(problem.dtype, S));
      }
    }
  },
};

const dataOf = new WeakMap<object, FloatArray>();

/** The elements of a result, row-major, copied once. */
function denseData(tensor: Parameters<typeof denseOf<FloatArray>>[0]): FloatArray {
  const known = dataOf.get(tensor) ?? denseOf(tensor).data;
  dataOf.set(tensor, known);
  return known;
}

export const accuracyLaws: readonly Law[] = [mergeOfSplit, agreesWithDefinition];
