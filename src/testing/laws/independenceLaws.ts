import { Thrown } from "../broken.js";
import { needs, type Law } from "../law.js";
import { element, type Answer, type Probe } from "../probe.js";
import {
  range,
  repeatHeads,
  takeBatchEntry,
  takeHead,
  takeKeys,
  takeQueries,
  type Problem,
} from "../problem.js";
import { Random } from "../random.js";
import type { Expected } from "../expectedOf.js";
import { naming } from "./expectDefinition.js";

const bound = "; |a − b| ≤ 2ε, equal bits if exact";

/** Expects the output `part` of `problem` to be the piece of `whole` that starts at `start`. */
function expectPiece(
  probe: Probe,
  what: string,
  problem: Problem,
  part: Answer,
  whole: Answer,
  start: (at: number) => number,
): void {
  part.output.forEach((_, at) => {
    const [got, expected] = [element(part, "output", at), element(whole, "output", start(at))];
    probe.same(what, got, expected, () => 2 * probe.expected(problem).bounds.output[at]);
  });
}

/** Rows of a call with other queries: row `i` of the part is row `rows[i]` of the whole. */
function expectRows(
  probe: Probe,
  what: string,
  problem: Problem,
  part: Answer,
  whole: Answer,
  rows: readonly number[],
  L: number,
): void {
  const { E } = problem;
  expectPiece(probe, what, problem, part, whole, (at) => {
    const [row, head] = [Math.floor(at / E) % rows.length, Math.floor(at / (E * rows.length))];
    return (head * L + rows[row]) * E + (at % E);
  });
}

/** What is computed with a row does not matter to it. */
export const independenceLaws: readonly Law[] = [
  {
    id: "query-order",
    name: "permuting queries permutes the output",
    equation: `attention(P·q, k, v; P·mask) = P·attention(q, k, v; mask)${bound}`,
    without: ["causal", "window"],
    async check(probe, problem) {
      const order = new Random(problem.seed).permutation(problem.L);
      const permuted = takeQueries(problem, order);
      const whole = await probe.attend(problem);
      const part = await probe.attend(permuted);
      expectRows(probe, "permuted queries", permuted, part, whole, order, problem.L);
      return problem.L > 1;
    },
  },
  {
    id: "queries",
    name: "queries one at a time = all at once",
    equation: `attention(q[i], k, v; mask[i]) = attention(q, k, v; mask)[i]${bound}`,
    without: ["causal", "window"],
    async check(probe, problem) {
      const { L } = problem;
      if (L < 2) return false;
      const whole = await probe.attend(problem);
      for (const i of new Random(problem.seed).permutation(L).slice(0, 3)) {
        const alone = takeQueries(problem, [i]);
        const part = await probe.attend(alone);
        expectRows(probe, `query ${i} alone`, alone, part, whole, [i], L);
      }
      return true;
    },
  },
  {
    id: "query-garbage",
    name: "a query of NaN spoils no other row",
    equation: `q[i] = NaN: output[j] stays as it is for every j ≠ i${bound}`,
    without: ["causal", "window"],
    async check(probe, problem) {
      const { L, D, E } = problem;
      if (L < 2) return false;
      const spoilt = new Random(problem.seed).integer(0, L - 1);
      const rowOf = (at: number, size: number): number => Math.floor(at / size) % L;
      const query = problem.query.map((x, at) => (rowOf(at, D) === spoilt ? NaN : x));
      const before = await probe.attend(problem);
      const after = await probe.attend({ ...problem, query }).catch((error: unknown) => {
        if (!(error instanceof Thrown)) throw error;
        probe.findings.add("a query of NaN is refused");
      });
      if (!after) return true;
      before.output.forEach((_, at) => {
        if (rowOf(at, E) === spoilt) return;
        const [got, expected] = [element(after, "output", at), element(before, "output", at)];
        const bound = (): number => 2 * probe.expected(problem).bounds.output[at];
        probe.same(`query ${spoilt} is NaN`, got, expected, bound);
      });
      return true;
    },
  },
  {
    id: "decode",
    name: "decoding = prefill",
    equation: `attention(q[i], k[0…i], v[0…i]) = attention(q, k, v; causal)[i]${bound}`,
    unless: needs("causal"),
    with: ["causal"],
    without: ["window", "keyLengths"],
    async check(probe, problem) {
      const { causal, ...open } = problem;
      const { L, S } = problem;
      const whole = await probe.attend(problem);
      for (const i of new Random(problem.seed).permutation(L).slice(0, 3)) {
        const last = causal === "bottomRight" ? i + S - L : Math.min(i, S - 1);
        const step = takeKeys(takeQueries(open, [i]), range(last + 1));
        const part = await probe.attend(step);
        expectRows(probe, `query ${i} with the keys so far`, step, part, whole, [i], L);
      }
      return S > 1;
    },
  },
  {
    id: "heads",
    name: "heads are independent",
    equation: `attention(q[h], k[h′], v[h′]) = attention(q, k, v)[h]${bound}`,
    unless: needs("heads"),
    async check(probe, problem) {
      const { B, H, L, E } = problem;
      if (H < 2) return false;
      const whole = await probe.attend(problem);
      const head = new Random(problem.seed).integer(0, H - 1);
      const alone = takeHead(problem, head);
      const part = await probe.attend(alone);
      const size = L * E;
      expectPiece(probe, `head ${head} alone`, alone, part, whole, (at) => {
        return (Math.floor(at / size) * H + head) * size + (at % size);
      });
      return B > 0;
    },
  },
  {
    id: "batch",
    name: "batch entries are independent",
    equation: `attention(q[b], k[b], v[b]) = attention(q, k, v)[b]${bound}`,
    unless: needs("batch"),
    batch: true,
    async check(probe, problem) {
      const { B, H, L, E } = problem;
      if (B < 2) return false;
      const whole = await probe.attend(problem);
      const entry = new Random(problem.seed).integer(0, B - 1);
      const alone = takeBatchEntry(problem, entry);
      const part = await probe.attend(alone);
      const what = `batch entry ${entry} alone`;
      expectPiece(probe, what, alone, part, whole, (at) => entry * H * L * E + at);
      return true;
    },
  },
  {
    id: "grouped",
    name: "grouped = repeated heads",
    equation: `attention(q, k, v)[h] = attention(q, repeat(k), repeat(v))[h], h reads ⌊h·Hkv/H⌋${bound}`,
    unless: needs("grouped"),
    with: ["grouped"],
    async check(probe, problem) {
      const { H, Hkv } = problem;
      if (H === Hkv) return false;
      const grouped = await probe.attend(problem);
      const repeated = repeatHeads(problem);
      const apart = await probe.attend(repeated);
      const right = "query head h reads key/value head ⌊h·Hkv/H⌋";
      const tiled = (): Expected => probe.expected(repeatHeads(problem, (h) => h % Hkv));
      naming(grouped, right, Hkv > 1 ? [["head h mod Hkv", tiled]] : [], () =>
        expectPiece(probe, "grouped", problem, grouped, apart, (at) => at),
      );
      if (Hkv > 1) probe.findings.add(right);
      return true;
    },
  },
];
