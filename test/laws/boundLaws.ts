import type { FloatArray } from "../../src/tensor/types.js";
import { oracle, scaleOf, visibility } from "../helpers/oracle.js";
import { readPairs } from "../helpers/readPairs.js";
import type { Problem } from "../helpers/problem.js";
import { keyMatrixOf, pairShape, sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import type { Dense } from "../helpers/tensors.js";
import { denseOf, newArray, viewOf } from "../helpers/tensors.js";
import type { Law } from "./law.js";
import { lseOf, outputOf, weightsOf, within } from "./law.js";
import { plainFloat32 } from "./plainFloat32.js";
import * as rewrite from "./rewrite.js";

// The bounds are worst cases to first order in the unit roundoff u, 2⁻²⁴ or 2⁻⁵³, from the order of
// operations: 64 keys a tile, T = ⌈S/64⌉ tiles, n = min(S, 64), `exp` within 2 ulp (4u).
//
// Sums alone. A product p·v and its way through a tile take n roundings, through the merges 2T + 1
// more; the sum of the powers takes 7 in its lanes and halves and 2T + 1 in the merges; a sink 2 in
// each; the division 1. Numerator and denominator hold the same powers and the same merge factors,
// so that errors of `exp` cancel: against the exact mean with those powers the output is off by at most
//     A(S)·u·max|v|,  A(S) = n + 4T + 14.
//
// Weights. Write x_j = m − s_j ≥ 0. Rounding s_j − m moves a power by x_j·u relatively, `exp` by 4u,
// each change of the maximum by another 4u, so that with the sums above the normalized weight is off by
// (x_j + 6T + ln S + 19)·u, where Σ w_j·x_j ≤ ln S since it is the entropy minus ln l. For the output
//     R(S)·u·max|v|,  R(S) = n + 12T + 2·ln S + 22.
// Two evaluations of the same scores in another order differ by at most twice that.
//
// max|v| is taken over the allowed keys of the row, in the output's own column.

const unit = (problem: Problem): number => (problem.dtype === "float32" ? 2 ** -24 : 2 ** -53);
const tiles = (S: number): number => Math.ceil(S / 64);
const lnOf = (S: number): number => Math.log(Math.max(S, 1));
const sumsBound = (S: number): number => Math.min(S, 64) + 4 * tiles(S) + 14;
const rowBound = (S: number): number => Math.min(S, 64) + 12 * tiles(S) + 2 * lnOf(S) + 22;
/** Products that fall below the normal numbers lose up to half of the smallest one each. */
const underflow = (problem: Problem, S: number): number =>
  2 * S * (problem.dtype === "float32" ? 2 ** -149 : 2 ** -1074);

/** The smallest and largest allowed value and max|v| of each output element, `[B·H·L·E]`. */
function valueRange(problem: Problem) {
  const sizes = sizesOf(problem);
  const { B, H, L, S, E } = sizes;
  const visible = visibility(problem);
  const low = new Float64Array(B * H * L * E).fill(Infinity);
  const high = new Float64Array(B * H * L * E).fill(-Infinity);
  for (let row = 0; row < B * H * L; row++) {
    const kv = keyMatrixOf(sizes, row);
    for (let j = 0; j < S; j++) {
      if (!visible[row * S + j]) continue;
      for (let e = 0; e < E; e++) {
        const value = problem.value.data[(kv * S + j) * E + e];
        low[row * E + e] = Math.min(low[row * E + e], value);
        high[row * E + e] = Math.max(high[row * E + e], value);
      }
    }
  }
  const largest = low.map((value, i) =>
    value === Infinity ? 0 : Math.max(Math.abs(value), Math.abs(high[i])),
  );
  return { low, high, largest };
}

const rowsSumToOne: Law = {
  name: "weight rows sum to one",
  kind: "bound",
  formula:
    "|Σw − 1| ≤ (S + 8)·2⁻²⁴ (float64: 2⁻⁵³); exactly 0 in an empty row; with sinks 1 is less the " +
    "sink's share exp(sink − lse), to 4·(1 + |lse|) units more",
  // One tile: the weights are the summed powers over their sum, 7 roundings and the division. More
  // tiles: 2·ln S + 6T + 19 by the above, which S + 8 exceeds from S = 65 on.
  check(library, problem) {
    const { B, H, L, S } = sizesOf(problem);
    const u = unit(problem);
    const weights = weightsOf(library, problem).data;
    const lse = problem.sinks && lseOf(library, rewrite.withoutStyle(problem)).data;
    const visible = visibility(problem);
    for (let row = 0; row < B * H * L; row++) {
      const slice = weights.subarray(row * S, (row + 1) * S);
      if (!visible.subarray(row * S, (row + 1) * S).includes(1)) {
        if (problem.emptyRow === "nan") continue;
        if (slice.some((w) => w !== 0))
          throw new Error(`row ${row} is empty, its weights are not 0`);
        continue;
      }
      const share = lse ? Math.exp(problem.sinks![Math.floor(row / L) % H] - lse[row]) : 0;
      const slack = lse ? 4 * (1 + Math.abs(lse[row])) * u : 0;
      within(`sum of row ${row}`, compensatedSum(slice), 1 - share, (S + 8) * u + slack);
    }
  },
};

/** Neumaier's sum: exact enough that the checker's own rounding does not count. */
function compensatedSum(values: FloatArray): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

const weightsInUnitInterval: Law = {
  name: "weights lie in [0, 1]",
  kind: "bound",
  formula: "0 ≤ w ≤ 1, exactly; w = +0 where blocked",
  // exp(x) ≤ 1 for x ≤ 0, and the tile of the maximum alone brings a sum of at least 1.
  check(library, problem) {
    if (problem.emptyRow === "nan") return false;
    const weights = weightsOf(library, problem).data;
    const visible = visibility(problem);
    weights.forEach((w, pair) => {
      if (!(w >= 0 && w <= 1)) throw new Error(`weight ${pair} is ${w}`);
      if (!visible[pair] && !Object.is(w, 0))
        throw new Error(`blocked pair ${pair} has weight ${w}`);
    });
    return true;
  },
};

const outputInRange: Law = {
  name: "output lies in the range of the allowed values",
  kind: "bound",
  formula:
    "min v − ε ≤ output ≤ max v + ε, ε = (min(S, 64) + 4⌈S/64⌉ + 14)·2⁻²⁴·max|v| (float64: 2⁻⁵³); " +
    "with sinks the range includes 0",
  // The bound has to grow with S: 64 equal keys with the value 0.1 in float32, whose running sum is
  // rounded the same way again and again, are already 10 units off.
  check(library, problem) {
    const { B, H, L, S, E } = sizesOf(problem);
    const output = outputOf(library, problem).data;
    const { low, high, largest } = valueRange(problem);
    const bound = sumsBound(S) * unit(problem);
    for (let at = 0; at < B * H * L * E; at++) {
      if (low[at] === Infinity) continue;
      const least = problem.sinks ? Math.min(low[at], 0) : low[at];
      const most = problem.sinks ? Math.max(high[at], 0) : high[at];
      const slack = bound * largest[at] + underflow(problem, S);
      if (!(output[at] >= least - slack && output[at] <= most + slack)) {
        throw new Error(`output ${at} is ${output[at]}, outside [${least}, ${most}] ± ${slack}`);
      }
    }
  },
};

/** Compares two outputs of one problem at `factor·u·max|v|`. */
function closeOutputs(
  what: string,
  problem: Problem,
  got: Dense<FloatArray>,
  expected: ArrayLike<number>,
  factor: number,
): void {
  const { S } = sizesOf(problem);
  const { largest } = valueRange(problem);
  if (got.data.length !== expected.length) throw new Error(`${what}: shape [${got.shape}]`);
  got.data.forEach((value, at) => {
    const tolerance = factor * unit(problem) * largest[at] + underflow(problem, S);
    within(`${what} ${at}`, value, expected[at], tolerance);
  });
}

const keyPermutation: Law = {
  name: "permuting keys and values together changes nothing",
  kind: "bound",
  formula:
    "|attention(q, P·k, P·v; mask·Pᵀ) − attention(q, k, v; mask)| ≤ " +
    "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  check(library, original) {
    const problem = rewrite.withDenseMask(rewrite.withZeroEmptyRows(original));
    const { S } = sizesOf(problem);
    const order = new Random(problem.seed).permutation(S);
    const permuted = outputOf(library, rewrite.takeKeys(problem, order));
    closeOutputs(
      "permuted keys",
      problem,
      permuted,
      outputOf(library, problem).data,
      2 * rowBound(S),
    );
    return S > 1;
  },
};

const maskingEqualsDeleting: Law = {
  name: "masking a key = deleting it",
  kind: "bound",
  formula:
    "|attention(…; block j) − attention(… without j)| ≤ " +
    "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  check(library, original) {
    const dense = rewrite.withDenseMask(rewrite.withZeroEmptyRows(original));
    const { S } = sizesOf(dense);
    if (S === 0) return false;
    const random = new Random(dense.seed);
    const gone = new Set([random.integer(0, S - 1), random.integer(0, S - 1)]);
    const allow = dense.allow!.data.map((sees, pair) => (gone.has(pair % S) ? 0 : sees));
    const masked = { ...dense, allow: { ...dense.allow!, data: allow } };
    const rest = Array.from({ length: S }, (_, j) => j).filter((j) => !gone.has(j));
    const deleted = outputOf(library, rewrite.takeKeys(dense, rest));
    closeOutputs("deleted keys", masked, deleted, outputOf(library, masked).data, 2 * rowBound(S));
    return true;
  },
};

const softmaxShift: Law = {
  name: "adding a constant to all scores of a row changes nothing",
  kind: "bound",
  formula:
    "|weights(scores + c) − weights(scores)| ≤ 2·(2·max(|s| + |bias| + |c|) + ln S + 6⌈S/64⌉ + 20)" +
    "·2⁻²⁴ (float64: 2⁻⁵³), for softmax and for attention with c in the bias",
  // The sums s + bias + c are rounded up to twice, each at most u·max(|s| + |bias| + |c|) off, which
  // changes a weight by twice that relatively; w·x ≤ 1/e bounds the part with x_j.
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(rewrite.withoutSinks(original));
    const { B, H, L, S } = sizesOf(problem);
    const random = new Random(problem.seed);
    const c = Math.fround(random.pick([1, -1]) * random.pick([0.1, 7.3, 100, 1000]));
    const trace = library.attentionTrace(...toCall(problem));
    const weights = denseOf(trace.weights).data;
    const masked = denseOf(trace.masked);
    const scores = denseOf(trace.capped).data;
    const bias = addToBias(problem, c);
    const shifted = { ...problem, bias };
    const moved = weightsOf(library, shifted).data;
    const raised = { ...masked, data: masked.data.map((x) => x + c) as FloatArray };
    const softmaxed = denseOf(library.softmax(viewOf(raised))).data;
    const readBias = readPairs(problem, problem.bias, 0);
    for (let row = 0; row < B * H * L; row++) {
      const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
      let size = 0;
      for (let j = 0; j < S; j++) {
        if (masked.data[row * S + j] === -Infinity) continue;
        size = Math.max(size, Math.abs(scores[row * S + j]) + Math.abs(readBias(b, h, i, j)));
      }
      const tolerance =
        2 * (2 * (size + Math.abs(c)) + lnOf(S) + 6 * tiles(S) + 20) * unit(problem);
      for (let pair = row * S; pair < (row + 1) * S; pair++) {
        within(`weight ${pair} with ${c} in the bias`, moved[pair], weights[pair], tolerance);
        within(`softmax(masked + ${c}) ${pair}`, softmaxed[pair], weights[pair], tolerance);
      }
    }
  },
};

/** The bias plus a constant; without a bias, the constant alone in the shape of the pairs. */
function addToBias(problem: Problem, c: number): Dense<FloatArray> {
  const { bias } = problem;
  if (bias) return { data: bias.data.map((x) => x + c) as FloatArray, shape: bias.shape };
  const shape = pairShape(problem).map(() => 1);
  return { data: newArray(problem.query.data, 1).fill(c) as FloatArray, shape };
}

const linearInValue: Law = {
  name: "linear in the values",
  kind: "bound",
  formula:
    "|attention(q, k, αv₁ + βv₂) − α·attention(q, k, v₁) − β·attention(q, k, v₂)| ≤ " +
    "2·(min(S, 64) + 4⌈S/64⌉ + 16)·2⁻²⁴·(|α|·max|v₁| + |β|·max|v₂|) (float64: 2⁻⁵³)",
  // The powers are the same three times, so that only sums and the combination itself round.
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(original);
    const { S } = sizesOf(problem);
    const random = new Random(problem.seed);
    const [alpha, beta] = [random.pick([2, -1, 0.3, 40]), random.pick([1, -0.7, 3, 1e-3])];
    const other = problem.value.data.map(() => random.normal()) as FloatArray;
    const round = problem.dtype === "float32" ? Math.fround : (x: number): number => x;
    const mixed = problem.value.data.map((x, at) =>
      round(round(alpha * x) + round(beta * other[at])),
    ) as FloatArray;
    const withValue = (data: FloatArray): Problem => ({
      ...problem,
      value: { data, shape: problem.value.shape },
    });
    const first = outputOf(library, problem).data;
    const second = outputOf(library, withValue(other)).data;
    const both = outputOf(library, withValue(mixed)).data;
    const one = valueRange(problem).largest;
    const two = valueRange(withValue(other)).largest;
    both.forEach((value, at) => {
      const size = Math.abs(alpha) * one[at] + Math.abs(beta) * two[at];
      const tolerance = 2 * (sumsBound(S) + 2) * unit(problem) * size + 50 * underflow(problem, S);
      within(`output ${at}`, value, alpha * first[at] + beta * second[at], tolerance);
    });
  },
};

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
    const { largest } = valueRange(problem);
    const u = unit(problem);
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
        const slack = (2 * size + 3 * rowBound(S)) * u * largest[at] + underflow(problem, S);
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
    const { largest } = valueRange(problem);
    const sizes = scoreSizes(problem);
    const u = unit(problem);
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
        compare("output", at, relative * largest[at] + underflow(problem, S));
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

/** The largest `Σ|q·k|·|scale| + |bias|` of each row, −Infinity in the bias aside. */
function scoreSizes(problem: Problem): Float64Array {
  const sizes = sizesOf(problem);
  const { B, H, L, S, D } = sizes;
  const { query, key } = problem;
  const bias = readPairs(problem, problem.bias, 0);
  const scale = Math.abs(scaleOf(problem));
  return new Float64Array(B * H * L).map((_, row) => {
    const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
    const kv = keyMatrixOf(sizes, row);
    let size = Math.abs(problem.sinks?.[h] ?? 0);
    for (let j = 0; j < S; j++) {
      let sum = 0;
      for (let d = 0; d < D; d++) {
        sum += Math.abs(query.data[row * D + d] * key.data[(kv * S + j) * D + d]);
      }
      const added = bias(b, h, i, j);
      size = Math.max(size, sum * scale + (added === -Infinity ? 0 : Math.abs(added)));
    }
    return size;
  });
}

const float32Accuracy: Law = {
  name: "float32 is as accurate as plain float32",
  kind: "bound",
  formula:
    "error against float64 ≤ 2 × the error of a plain sequential float32 attention + " +
    "2⁻²²·(1 + max|score|)·max|v|, for values that are not all the same",
  // A measured law, not a derived one: it takes errors that average out. Where all values are one
  // constant each addition errs the same way, and the plain sum may be the luckier one.
  check(library, original) {
    const { data } = original.value;
    if (original.dtype !== "float32" || data.every((value) => value === data[0])) return false;
    const problem = rewrite.withZeroEmptyRows(original);
    const { visible, scores, biased, output } = oracle(problem);
    const plain = plainFloat32(problem);
    const got = outputOf(library, problem).data;
    const worst = (values: ArrayLike<number>): number =>
      output.reduce((error, value, at) => Math.max(error, Math.abs(values[at] - value)), 0);
    const largest = (values: Float64Array): number =>
      values.reduce((size, x, pair) => (visible[pair] ? Math.max(size, Math.abs(x)) : size), 0);
    const score = Math.max(largest(scores), largest(biased));
    const size = valueRange(problem).largest.reduce((a, b) => Math.max(a, b), 0);
    const allowance = 2 * worst(plain) + 2 ** -22 * (1 + score) * size;
    within("error against float64", worst(got), 0, allowance);
    return true;
  },
};

export const boundLaws: readonly Law[] = [
  rowsSumToOne,
  weightsInUnitInterval,
  outputInRange,
  keyPermutation,
  maskingEqualsDeleting,
  softmaxShift,
  linearInValue,
  mergeOfSplit,
  agreesWithDefinition,
  float32Accuracy,
];
