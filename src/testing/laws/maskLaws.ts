import type { FloatArray } from "../../tensor/index.js";
import { Broken } from "../broken.js";
import type { Expected } from "../expectedOf.js";
import { needs, needsAny, type Law } from "../law.js";
import { element, known, type Probe } from "../probe.js";
import {
  keyMatrixOf,
  range,
  takeKeys,
  visiblePairs,
  withDenseMask,
  withoutMasks,
  type Problem,
} from "../problem.js";
import { Random } from "../random.js";
import type { Variant } from "../reference.js";
import { expectDefinition } from "./expectDefinition.js";

const exactly = "; |a − b| ≤ ε + ε₆₄";
const equal = "; |a − b| ≤ 2ε, equal bits if exact";

/** What a mask means, whatever it is made of. */
export const maskLaws: readonly Law[] = [
  {
    id: "mask-polarity",
    name: "mask polarity: what is allowed is seen, what is blocked is not",
    equation: `attention(q, k, v; mask) = the definition, with the polarity of supports.mask${exactly}`,
    unless: needs("mask"),
    with: ["mask"],
    without: ["causal", "window", "keyLengths", "bias"],
    async check(probe, problem) {
      const visible = problem.mask!;
      if (!visible.includes(0)) return false;
      const answer = await probe.attend(problem);
      const kind = probe.supported.mask;
      const says = {
        allow: "1 = may attend",
        block: "1 = may not attend",
        additive: "−Infinity = may not",
      };
      const right = `"${kind}" (${says[kind as "allow"]})`;
      const other = (variant: Variant) => () => probe.mistaken(problem, variant);
      expectDefinition(probe, problem, answer, right, [
        ["the inverted mask", other({ visible: visible.map((sees) => 1 - sees) })],
        ["no mask", other({ visible: visible.map(() => 1) })],
      ]);
      probe.findings.add(right);
      return true;
    },
  },
  {
    id: "rules",
    name: "rules = their dense mask",
    equation: `causal, window, key lengths = one mask of the pairs they leave${equal}`,
    unless: (supported) =>
      needs("mask")(supported) ?? needsAny("causal", "window", "keyLengths")(supported),
    async check(probe, problem) {
      const dense = withDenseMask(problem);
      if (dense === problem) return false;
      const oneMask = probe.supported.perHead || !problem.keyLengths || problem.B === 1;
      if (!oneMask) return false;
      await expectEqual(probe, "the dense mask", problem, dense);
      return true;
    },
  },
  {
    id: "bias-blocks",
    name: "bias −Infinity = a blocked pair",
    equation: `attention(…; bias = −Infinity at a pair) = attention(…; that pair blocked)${equal}`,
    unless: needs("bias", "mask"),
    with: ["mask", "bias"],
    async check(probe, problem) {
      const { mask, ...open } = problem;
      if (!mask!.includes(0)) return false;
      const bias = problem.bias!.map((x, pair) => (mask![pair] ? x : -Infinity)) as FloatArray;
      await expectEqual(probe, "−Infinity in the bias", problem, { ...open, bias });
      return true;
    },
  },
  {
    id: "fill-leak",
    name: "a blocked key loses against every allowed one",
    equation:
      "scores −10³⁰ for the allowed key and 0 for the blocked one: output = v of the allowed one; |a − b| ≤ 2ε of the sums alone",
    unless: needsAny("mask", "causal", "keyLengths"),
    without: ["mask", "causal", "window", "keyLengths", "bias", "softcap", "sinks", "scale"],
    sizes: ({ E }) => ({ L: 2, S: 2, D: 1, E }),
    async check(probe, drawn) {
      const { unit, mask, causal, keyLengths } = probe.supported;
      // Within the range of float16, where that is what computes.
      const size = unit !== undefined && unit > 1e-4 ? 150 : 1e15;
      const problem: Problem = {
        ...drawn,
        query: drawn.query.map(() => size) as FloatArray,
        key: drawn.key.map((_, at) => (at % 2 === 0 ? -size : 0)) as FloatArray,
        // Apart, so that neither is taken for the other.
        value: drawn.value.map((v, at) => v + 8 * (Math.floor(at / drawn.E) % 2)) as FloatArray,
      };
      const { B, H, E } = problem;
      const kinds: Partial<Problem>[] = [];
      if (mask) kinds.push({ mask: new Uint8Array(B * H * 4).map((_, pair) => 1 - (pair % 2)) });
      if (causal) kinds.push({ causal: causal === "bottomRight" ? causal : "topLeft" });
      if (keyLengths) kinds.push({ keyLengths: range(B).map(() => 1) });
      for (const kind of kinds) {
        const masked = { ...problem, ...kind };
        const answer = await probe.attend(masked);
        const { output, bounds } = probe.expected(masked);
        const what = "key 1 is blocked, by a finite score or not at all, and outweighs key 0";
        output.forEach((value, at) => {
          // Query 0; under a causal mask query 1 sees both.
          if (Math.floor(at / E) % 2 === 1) return;
          const got = element(answer, "output", at);
          // One key: its weight is 1, whatever the size of its score.
          probe.close(what, got, known(value), 2 * bounds.mean[at]);
        });
      }
    },
  },
  {
    id: "empty-row",
    name: "a row that may attend nothing",
    equation:
      "output zero or NaN, or what supports.emptyRow says; never a mixture of blocked values",
    unless: (supported) => {
      const { mask, keyLengths, causal } = supported;
      if (mask || keyLengths || causal === "bottomRight" || causal === "both") return undefined;
      return "nothing that is claimed makes such a row";
    },
    without: ["mask", "causal", "window", "keyLengths", "bias", "sinks"],
    sizes: ({ L, S, ...rest }) => ({ L: Math.max(2, L), S: Math.max(2, S), ...rest }),
    async check(probe, drawn) {
      const { mask, keyLengths, emptyRow } = probe.supported;
      const { S: keys, E: size } = drawn;
      // Positive and all different, so that no mixture is taken for another one.
      const apart = drawn.value.map(
        (v, at) => Math.abs(v) + 1 + 3 * (Math.floor(at / size) % keys),
      );
      const problem = { ...drawn, value: apart as FloatArray };
      const { B, H, L, S, E } = problem;
      // Any row, not the first alone.
      const blocked = new Random(problem.seed).integer(0, L - 1);
      const hidden: Problem = mask
        ? {
            ...problem,
            mask: new Uint8Array(B * H * L * S).map((_, p) =>
              Math.floor(p / S) % L === blocked ? 0 : 1,
            ),
          }
        : keyLengths
          ? { ...problem, keyLengths: range(B).map(() => 0) }
          : { ...takeKeys(problem, range(1)), causal: "bottomRight" };
      const answer = await probe.attend(hidden);
      const pairs = visiblePairs(hidden);
      const rows = range(B * H * L).filter(
        (row) => !pairs.subarray(row * hidden.S, (row + 1) * hidden.S).includes(1),
      );
      const open = withoutMasks(hidden);
      const policies = rows.map((row) => policyOf(probe, open, answer.output, row * E));
      const allowed = emptyRow === undefined ? ["zero", "nan"] : [emptyRow];
      // One policy for all rows.
      const wanted = allowed.includes(policies[0]) ? [policies[0]] : allowed;
      const bad = policies.findIndex((policy) => !wanted.includes(policy));
      if (bad < 0) {
        probe.findings.add(policies[0]);
        return;
      }
      const [from, query] = [rows[bad] * E, rows[bad] % L];
      const holds = {
        zero: "row.every((x) => x === 0)",
        nan: "row.every((x) => Number.isNaN(x))",
        uniform: "row.every((x) => Number.isFinite(x) && x !== 0)",
      };
      throw new Broken(
        `query ${query} may attend nothing: its output is ${policies[bad]}, expected ${wanted.join(" or ")}`,
        [
          `const row = [...a.output.data.subarray(${from}, ${from + E})];`,
          `assert(${wanted.map((policy) => holds[policy as "zero"]).join(" || ")});`,
        ],
      );
    },
  },
  {
    id: "one-key",
    name: "one allowed key gives that value",
    equation: "output = v[j] whatever the score; |a − b| ≤ ε, equal bits if exact (−0 becomes +0)",
    without: ["mask", "bias", "causal", "window", "keyLengths", "sinks"],
    async check(probe, original) {
      const problem = withoutMasks(original);
      const { B, H, L, S, E, D, query, key, value } = problem;
      if (S === 0) return false;
      const random = new Random(problem.seed);
      const { mask, perHead } = probe.supported;
      // Without a mask there is one key.
      const chosen = range(B * H * L).map(() => random.integer(0, S - 1));
      const keyOf = (row: number): number => (mask ? chosen[perHead ? row : row % L] : 0);
      const asked: Problem = mask
        ? {
            ...problem,
            mask: new Uint8Array(B * H * L * S).map((_, pair) =>
              keyOf(Math.floor(pair / S)) === pair % S ? 1 : 0,
            ),
          }
        : takeKeys(problem, [chosen[0]]);
      const answer = await probe.attend(asked);
      for (let row = 0; row < B * H * L; row++) {
        const at = keyMatrixOf(problem, row) * S + (mask ? keyOf(row) : chosen[0]);
        // An infinite or NaN score has rules of its own.
        const finite =
          query.subarray(row * D, (row + 1) * D).every(Number.isFinite) &&
          key.subarray(at * D, (at + 1) * D).every(Number.isFinite);
        for (let e = 0; finite && e < E; e++) {
          const got = element(answer, "output", row * E + e);
          const what = `query ${row % L} sees one key`;
          const bound = (): number => probe.expected(asked).bounds.output[row * E + e];
          probe.same(what, got, known(value[at * E + e] + 0), bound);
        }
      }
      return true;
    },
  },
];

/** Expects two problems to be one. */
async function expectEqual(
  probe: Probe,
  what: string,
  problem: Problem,
  other: Problem,
): Promise<void> {
  const a = await probe.attend(problem);
  const b = await probe.attend(other);
  const bound = (at: number): number => 2 * probe.expected(problem).bounds.output[at];
  a.output.forEach((_, at) => {
    probe.same(what, element(b, "output", at), element(a, "output", at), () => bound(at));
  });
}

/** What an empty row holds, by name. */
function policyOf(probe: Probe, problem: Problem, output: FloatArray, from: number): string {
  const { E } = problem;
  const row = output.subarray(from, from + E);
  if (row.every((x) => x === 0)) return "zero";
  if (row.every((x) => Number.isNaN(x))) return "nan";
  const same = ({ output, bounds }: Expected): boolean =>
    row.every((x, e) => Math.abs(x - output[from + e]) <= 2 * bounds.output[from + e]);
  if (same(probe.expected({ ...problem, scale: 0 }))) return "uniform";
  return same(probe.expected(problem))
    ? "what it gives without a mask"
    : "a leak of blocked values";
}
