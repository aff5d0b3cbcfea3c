import type { FloatArray } from "../../src/tensor/types.js";
import { writeOddNaN } from "../helpers/bits.js";
import { visibility } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import type { Dense } from "../helpers/tensors.js";
import { denseOf, reshape } from "../helpers/tensors.js";
import { garbage } from "./garbage.js";
import type { AttentionLike, Law } from "./law.js";
import { lseOf, outputOf, resultsOf, sameBits, sameResults, weightsOf } from "./law.js";
import { pickRows } from "./pickRows.js";
import * as rewrite from "./rewrite.js";

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

export const blindnessLaws: readonly Law[] = [
  viewEqualsCopy,
  lookingChangesNothing,
  keyPadding,
  blockedIsNeverRead,
];
