import { sizesOf } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { reshape, takeAxis } from "../helpers/tensors.js";
import { garbage } from "./garbage.js";
import type { Law } from "./law.js";
import { outputOf, sameBits } from "./law.js";
import * as rewrite from "./rewrite.js";

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

export const independenceLaws: readonly Law[] = [
  queriesAreIndependent,
  batchIsIndependent,
  queryPadding,
];
