import type { FloatArray } from "../../src/tensor/types.js";
import { writeOddNaN } from "../helpers/bits.js";
import { visibility } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { headFirst, keyMatrixOf, pairShape, sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import type { Dense } from "../helpers/tensors.js";
import { denseOf, reshape, takeAxis, viewOf } from "../helpers/tensors.js";
import type { AttentionLike, Law } from "./law.js";
import {
  lseOf,
  onlyCanonicalNaN,
  outputOf,
  resultsOf,
  sameBits,
  sameResults,
  weightsOf,
} from "./law.js";
import * as rewrite from "./rewrite.js";

/** What padding may hold: nothing of it may reach a result. */
function garbage(problem: Problem, random: Random): () => number {
  const huge = problem.dtype === "float32" ? 3e38 : 1.7e308;
  return () => random.pick([NaN, Infinity, -Infinity, huge, -huge, 1, -0]);
}

const queryPermutation: Law = {
  name: "permuting queries permutes the output",
  kind: "bits",
  formula: "attention(P·q, k, v; P·mask) = P·attention(q, k, v; mask)",
  check(library, problem) {
    const { L } = sizesOf(problem);
    const dense = rewrite.withDenseMask(rewrite.withZeroEmptyRows(problem));
    const order = new Random(problem.seed).permutation(L);
    const permuted = outputOf(library, rewrite.takeQueries(dense, order));
    sameBits("permuted queries", permuted, takeAxis(outputOf(library, dense), -2, order));
    return L > 1;
  },
};

const queriesAreIndependent: Law = {
  name: "queries one at a time = all at once (decode = prefill)",
  kind: "bits",
  formula: "attention(q[i…j], k, v; mask[i…j]) = attention(q, k, v; mask)[i…j]",
  check(library, problem) {
    const { L } = sizesOf(problem);
    if (L === 0) return false;
    const random = new Random(problem.seed);
    const whole = outputOf(library, problem);
    for (let n = 0; n < 3; n++) {
      const start = random.integer(0, L - 1);
      const end = n < 2 ? start + 1 : random.integer(start + 1, L);
      const rows = Array.from({ length: end - start }, (_, i) => start + i);
      const part = outputOf(library, rewrite.sliceQueries(problem, start, end));
      sameBits(`queries ${start} to ${end}`, part, takeAxis(whole, -2, rows));
    }
    return true;
  },
};

const headsAreIndependent: Law = {
  name: "heads are independent",
  kind: "bits",
  formula: "attention(q[h], k[h′], v[h′]) = attention(q, k, v)[h]",
  check(library, problem) {
    const { H } = sizesOf(problem);
    if (!problem.headAxis) return false;
    const head = new Random(problem.seed).integer(0, H - 1);
    const alone = outputOf(library, rewrite.takeHead(problem, head));
    sameBits(`head ${head} alone`, alone, takeAxis(outputOf(library, problem), -3, [head]));
    return H > 1;
  },
};

const batchIsIndependent: Law = {
  name: "batch entries are independent",
  kind: "bits",
  formula: "attention(q[b], k[b], v[b]) = attention(q, k, v)[b]",
  check(library, problem) {
    const { B } = sizesOf(problem);
    if (problem.batch.length === 0) return false;
    const entry = new Random(problem.seed).integer(0, B - 1);
    const whole = outputOf(library, problem);
    const flat = reshape(whole, [B, ...whole.shape.slice(problem.batch.length)]);
    const expected = takeAxis(flat, 0, [entry]);
    const alone = outputOf(library, rewrite.takeBatchEntry(problem, entry));
    sameBits(`entry ${entry} alone`, alone, reshape(expected, expected.shape.slice(1)));
    return B > 1;
  },
};

const viewEqualsCopy: Law = {
  name: "view = copy",
  kind: "bits",
  formula: "any strides, any layout = contiguous [...,H,L,D] copies",
  check(library, problem) {
    const copy = resultsOf(library, rewrite.withoutStyle(problem));
    sameResults("views", resultsOf(library, problem), copy);
    return problem.style !== undefined;
  },
};

const groupedEqualsRepeated: Law = {
  name: "grouped = repeated heads",
  kind: "bits",
  formula:
    "attention(q, k, v; grouped)[h] = attention(q, repeat(k), repeat(v))[h], h reads ⌊h·Hkv/H⌋",
  check(library, problem) {
    const { H, Hkv } = sizesOf(problem);
    if (H === Hkv) return false;
    const repeated = outputOf(library, rewrite.withRepeatedHeads(problem));
    sameBits("grouped", outputOf(library, problem), repeated);
    return true;
  },
};

const lookingChangesNothing: Law = {
  name: "trace, weights and lse variants = attention",
  kind: "bits",
  formula: "the output does not depend on what else is asked for",
  check(library, problem) {
    const call = toCall(problem);
    const output = denseOf(library.attention(...call));
    const weighted = library.attentionWithWeights(...call);
    const withLse = library.attentionWithLse(...call);
    const trace = library.attentionTrace(...call);
    sameBits("attentionWithWeights output", denseOf(weighted.output), output);
    sameBits("attentionWithLse output", denseOf(withLse.output), output);
    sameBits("attentionTrace output", denseOf(trace.output), output);
    sameBits("attentionTrace weights", denseOf(trace.weights), denseOf(weighted.weights));
    sameBits("attentionTrace lse", denseOf(trace.lse), denseOf(withLse.lse));
  },
};

const keyPadding: Law = {
  name: "padding after the last key",
  kind: "bits",
  formula: "attention(q, [k; anything], [v; anything]; keyLengths = S) = attention(q, k, v)",
  check(library, problem) {
    const random = new Random(problem.seed);
    const count = random.pick([1, 3, 64, 65]);
    const padded = rewrite.appendKeys(problem, count, garbage(problem, random));
    sameBits("padded keys", outputOf(library, padded), outputOf(library, problem));
    sameBits("padded keys, lse", lseOf(library, padded), lseOf(library, problem));
  },
};

const queryPadding: Law = {
  name: "padding after the last query",
  kind: "bits",
  formula: "attention([q; anything], k, v)[0…L] = attention(q, k, v)",
  check(library, problem) {
    const { B, L } = sizesOf(problem);
    const random = new Random(problem.seed);
    const padded = rewrite.appendQueries(problem, random.pick([1, 5]), garbage(problem, random));
    const rows = Array.from({ length: L }, (_, i) => i);
    const limited = random.chance(0.5)
      ? padded
      : { ...padded, queryLengths: problem.queryLengths ?? new Array<number>(B).fill(L) };
    sameBits(
      "padded queries",
      takeAxis(outputOf(library, limited), -2, rows),
      outputOf(library, problem),
    );
  },
};

/** The rows `[B·H·L]` of a `[..., L, n]` tensor for which `keep` is true. */
function pickRows(tensor: Dense<FloatArray>, keep: (row: number) => boolean, rows: number) {
  const flat = reshape(tensor, [rows, rows === 0 ? 0 : tensor.data.length / rows]);
  return takeAxis(flat, 0, Array.from({ length: rows }, (_, row) => row).filter(keep));
}

const blockedIsNeverRead: Law = {
  name: "poisoning a blocked key or value",
  kind: "bits",
  formula: "NaN or ±Infinity in k[j], v[j] changes no row that may not see j",
  check(library, problem) {
    const { B, H, Hkv, L, S, D, E } = sizesOf(problem);
    const visible = visibility(problem);
    const hidden: number[] = [];
    visible.forEach((sees, pair) => sees || hidden.push(pair));
    if (hidden.length === 0) return false;
    const random = new Random(problem.seed);
    const poison = garbage(problem, random);
    const keys = new Set<number>();
    const anchor = Math.floor(random.pick(hidden) / S);
    // Keys that one row may not see: some of them, or all.
    const all = random.chance(0.3);
    for (let j = 0; j < S; j++) {
      if (!visible[anchor * S + j] && (all || keys.size === 0 || random.chance(0.2))) keys.add(j);
    }
    const [inKey, inValue] = random.pick([
      [true, true],
      [true, false],
      [false, true],
    ]);
    const key = reshape({ ...problem.key, data: problem.key.data.slice() }, problem.key.shape);
    const value = { ...problem.value, data: problem.value.data.slice() };
    for (let kv = 0; kv < B * Hkv; kv++) {
      for (const j of keys) {
        for (let d = 0; inKey && d < D; d++) spoil(key.data, (kv * S + j) * D + d, poison, random);
        for (let e = 0; inValue && e < E; e++) {
          spoil(value.data, (kv * S + j) * E + e, poison, random);
        }
      }
    }
    const poisoned = { ...problem, key, value };
    const unaware = (row: number): boolean => [...keys].every((j) => !visible[row * S + j]);
    const rows = B * H * L;
    const compare = (what: string, of: (p: Problem) => Dense<FloatArray>): void =>
      sameBits(what, pickRows(of(poisoned), unaware, rows), pickRows(of(problem), unaware, rows));
    const which = `${inKey ? "key" : ""}${inKey && inValue ? " and " : ""}${inValue ? "value" : ""}`;
    compare(`poisoned ${which}, output`, (p) => outputOf(library, p));
    compare(`poisoned ${which}, weights`, (p) => weightsOf(library, p));
    compare(`poisoned ${which}, lse`, (p) => unstyledLse(library, p));
    return true;
  },
};

function unstyledLse(library: AttentionLike, problem: Problem): Dense<FloatArray> {
  return lseOf(library, rewrite.withoutStyle(problem));
}

function spoil(data: FloatArray, at: number, poison: () => number, random: Random): void {
  data[at] = poison();
  if (Number.isNaN(data[at]) && random.chance(0.5)) writeOddNaN(data, at, random.chance(0.5));
}

const oneKeyGivesItsValue: Law = {
  name: "one allowed key gives that value",
  kind: "bits",
  formula: "output = v[j] + 0 (−0 becomes +0, NaN the canonical one), whatever the finite score",
  check(library, original) {
    const sizes = sizesOf(original);
    const { B, H, L, S, D, E } = sizes;
    if (S === 0) return false;
    const random = new Random(original.seed);
    const rows = B * H * L;
    const chosen = Array.from({ length: rows }, () => random.integer(0, S - 1));
    const allow = new Uint8Array(rows * S);
    chosen.forEach((j, row) => (allow[row * S + j] = 1));
    const problem: Problem = {
      ...rewrite.withZeroEmptyRows(rewrite.withoutSinks(rewrite.withoutMasks(original))),
      allow: { data: allow, shape: pairShape(original) },
    };
    const { query, key, value } = problem;
    const output = outputOf(library, problem);
    onlyCanonicalNaN("one allowed key", output);
    const expected = output.data.slice();
    chosen.forEach((j, row) => {
      const at = keyMatrixOf(sizes, row) * S + j;
      const finite =
        query.data.subarray(row * D, (row + 1) * D).every(Number.isFinite) &&
        key.data.subarray(at * D, (at + 1) * D).every(Number.isFinite);
      // An infinite or NaN score has rules of its own.
      for (let e = 0; finite && e < E; e++) expected[row * E + e] = value.data[at * E + e] + 0;
    });
    sameBits("one allowed key", output, canonical({ data: expected, shape: output.shape }));
    return true;
  },
};

/** Every NaN as the bits 0x7fc00000 or 0x7ff8000000000000, also where an engine stores others. */
function canonical(tensor: Dense<FloatArray>): Dense<FloatArray> {
  const view = new DataView(tensor.data.buffer);
  tensor.data.forEach((value, i) => {
    if (!Number.isNaN(value)) return;
    if (tensor.data.BYTES_PER_ELEMENT === 4) view.setUint32(i * 4, 0x7fc00000, true);
    else view.setBigUint64(i * 8, 0x7ff8000000000000n, true);
  });
  return tensor;
}

const softmaxOfMasked: Law = {
  name: "softmax(masked) = weights",
  kind: "bits",
  formula: "softmax(masked) = weights, logSumExp(masked) = lse, where the raw scores are finite",
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(rewrite.withoutSinks(original));
    const { B, H, L, S } = sizesOf(problem);
    const trace = library.attentionTrace(...toCall(problem));
    const visible = visibility(problem);
    const scores = denseOf(trace.scores).data;
    const finite = (row: number): boolean => {
      for (let pair = row * S; pair < (row + 1) * S; pair++) {
        if (visible[pair] && !Number.isFinite(scores[pair])) return false;
      }
      return true;
    };
    const rows = B * H * L;
    const masked = viewOf(denseOf(trace.masked));
    const compare = (what: string, a: TensorLike, b: TensorLike): void =>
      sameBits(what, pickRows(denseOf(a), finite, rows), pickRows(denseOf(b), finite, rows));
    compare("softmax(masked)", library.softmax(masked), trace.weights);
    compare("logSumExp(masked)", library.logSumExp(masked), trace.lse);
  },
};
type TensorLike = ReturnType<AttentionLike["softmax"]>;

const rulesEqualDenseMask: Law = {
  name: "rules = their dense mask",
  kind: "bits",
  formula: "causal, window, lengths, segments, block = one dense allow of the pairs they leave",
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(original);
    // A padded query is no masked row: it has no sink either.
    const { queryLengths } = problem;
    const dense = { ...rewrite.withDenseMask(problem), ...(queryLengths ? { queryLengths } : {}) };
    sameResults("rules", resultsOf(library, problem), resultsOf(library, dense));
  },
};

const biasBlocks: Law = {
  name: "bias −Infinity = block",
  kind: "bits",
  formula: "attention(…; bias = −Infinity at a pair) = attention(…; block at that pair)",
  check(library, problem) {
    if (!problem.bias?.data.includes(-Infinity)) return false;
    const blocked = outputOf(library, rewrite.withBiasBlocks(problem));
    sameBits("bias −Infinity", outputOf(library, problem), blocked);
    return true;
  },
};

const canonicalNaN: Law = {
  name: "every NaN is the canonical one",
  kind: "bits",
  formula: "NaN leaves as 0x7fc00000 or 0x7ff8000000000000",
  check(library, problem) {
    const trace = library.attentionTrace(...toCall(problem));
    for (const [stage, tensor] of Object.entries(trace)) onlyCanonicalNaN(stage, denseOf(tensor));
    onlyCanonicalNaN(
      "attention",
      headFirst(problem, denseOf(library.attention(...toCall(problem)))),
    );
  },
};

export const bitLaws: readonly Law[] = [
  queryPermutation,
  queriesAreIndependent,
  headsAreIndependent,
  batchIsIndependent,
  viewEqualsCopy,
  groupedEqualsRepeated,
  lookingChangesNothing,
  keyPadding,
  queryPadding,
  blockedIsNeverRead,
  oneKeyGivesItsValue,
  softmaxOfMasked,
  rulesEqualDenseMask,
  biasBlocks,
  canonicalNaN,
];
