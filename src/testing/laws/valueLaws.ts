import type { FloatArray } from "../../tensor/index.js";
import { Broken } from "../broken.js";
import { needs, type Law } from "../law.js";
import { element } from "../probe.js";
import { keyMatrixOf, range, takeKeys, visiblePairs } from "../problem.js";
import { Random } from "../random.js";
import { mergeParts } from "../reference.js";

const bound = "; |a − b| ≤ ε(a) + ε(b)";

/** What the output is: a mean of the values. */
export const valueLaws: readonly Law[] = [
  {
    id: "range",
    name: "the output lies between the allowed values",
    equation:
      "min v − ε ≤ output ≤ max v + ε, ε of the sums and of 1/Σ; with sinks the range includes 0",
    async check(probe, problem) {
      const { S, E, value, sinks } = problem;
      const visible = visiblePairs(problem);
      const { bounds } = probe.expected(problem);
      const { output } = await probe.attend(problem);
      output.forEach((got, at) => {
        const [row, e] = [Math.floor(at / E), at % E];
        const kv = keyMatrixOf(problem, row) * S;
        const seen = range(S)
          .filter((j) => visible[row * S + j])
          .map((j) => value[(kv + j) * E + e]);
        if (seen.length === 0) return;
        if (sinks) seen.push(0);
        const [low, high] = [
          Math.min(...seen) - bounds.range[at],
          Math.max(...seen) + bounds.range[at],
        ];
        if (got >= low && got <= high) return;
        const name = `a.output.data[${at}]`;
        throw new Broken(`${name} is ${got}, outside [${low}, ${high}]`, [
          `assert(${name} >= ${low} && ${name} <= ${high});`,
        ]);
      });
    },
  },
  {
    id: "key-order",
    name: "permuting keys and values together changes nothing",
    equation: `attention(q, P·k, P·v; mask·Pᵀ) = attention(q, k, v; mask)${bound}`,
    without: ["causal", "window", "keyLengths"],
    async check(probe, problem) {
      const { S } = problem;
      const order = new Random(problem.seed).permutation(S);
      const permuted = takeKeys(problem, order);
      const a = await probe.attend(problem);
      const b = await probe.attend(permuted);
      const [one, two] = [probe.expected(problem).bounds, probe.expected(permuted).bounds];
      a.output.forEach((_, at) => {
        const limit = one.output[at] + two.output[at];
        probe.close("permuted keys", element(b, "output", at), element(a, "output", at), limit);
      });
      return S > 1;
    },
  },
  {
    id: "deletion",
    name: "masking a key = deleting it",
    equation: `attention(q, k, v; block j) = attention(q, k without j, v without j)${bound}`,
    unless: needs("mask"),
    with: ["mask"],
    without: ["causal", "window", "keyLengths"],
    async check(probe, problem) {
      const { S } = problem;
      if (S < 2) return false;
      const gone = new Random(problem.seed).integer(0, S - 1);
      const mask = problem.mask!.map((sees, pair) => (pair % S === gone ? 0 : sees));
      const rows = range(mask.length / S).map((row) => mask.subarray(row * S, (row + 1) * S));
      // What empty rows give is a question of its own.
      if (probe.supported.emptyRow !== "zero" && rows.some((row) => !row.includes(1))) return false;
      const masked = { ...problem, mask };
      const kept = range(S).filter((j) => j !== gone);
      const deleted = takeKeys(problem, kept);
      const a = await probe.attend(masked);
      const b = await probe.attend(deleted);
      const [one, two] = [probe.expected(masked).bounds, probe.expected(deleted).bounds];
      a.output.forEach((_, at) => {
        const limit = one.output[at] + two.output[at];
        probe.close(
          `without key ${gone}`,
          element(b, "output", at),
          element(a, "output", at),
          limit,
        );
      });
      return true;
    },
  },
  {
    id: "linear",
    name: "linear in the values",
    equation:
      "attention(q, k, αv₁ + βv₂) = α·attention(q, k, v₁) + β·attention(q, k, v₂); " +
      "|a − b| ≤ ε + |α|·ε₁ + |β|·ε₂, ε of the sums alone",
    async check(probe, problem) {
      const random = new Random(problem.seed);
      const [alpha, beta] = [random.pick([2, -1, 0.3, 40]), random.pick([1, -0.75, 3, 0.001])];
      const round = problem.dtype === "float32" ? Math.fround : (x: number): number => x;
      const other = problem.value.map(() => round(random.integer(-8, 8) / 4)) as FloatArray;
      const mixed = problem.value.map((v, at) =>
        round(round(alpha * v) + round(beta * other[at])),
      ) as FloatArray;
      const problems = [problem, { ...problem, value: other }, { ...problem, value: mixed }];
      const [a, b, c] = [
        await probe.attend(problems[0]),
        await probe.attend(problems[1]),
        await probe.attend(problems[2]),
      ];
      const [one, two, both] = problems.map((each) => probe.expected(each).bounds.mean);
      // What rounding αv₁, βv₂ and their sum can do to the mean.
      const unit = problem.dtype === "float32" ? 5.960464477539063e-8 : 1.1102230246251565e-16;
      const size = (data: FloatArray): number =>
        Float64Array.from(data).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const mixing =
        3 * unit * (Math.abs(alpha) * size(problem.value) + Math.abs(beta) * size(other)) +
        1e-323 * 4;
      c.output.forEach((_, at) => {
        const limit = both[at] + Math.abs(alpha) * one[at] + Math.abs(beta) * two[at] + 2 * mixing;
        const sum = {
          value: alpha * a.output[at] + beta * b.output[at],
          code: () => `(${alpha} * a.output.data[${at}] + ${beta} * b.output.data[${at}])`,
        };
        probe.close("αv₁ + βv₂", element(c, "output", at), sum, limit);
      });
    },
  },
  {
    id: "merge",
    name: "merging the parts of a split = the whole",
    equation:
      "Σ exp(lseₚ)·outputₚ / Σ exp(lseₚ) over disjoint keys = attention(q, k, v); " +
      "|a − b| ≤ ε + max εₚ + 4·max ε(lse)·(max v − min v)",
    unless: needs("lse"),
    without: ["mask", "causal", "window", "keyLengths", "sinks"],
    async check(probe, problem) {
      const { S, E, L, value } = problem;
      if (S < 2) return false;
      const random = new Random(problem.seed);
      const middle = random.integer(1, S - 1);
      const keys = [range(middle), range(S - middle).map((j) => middle + j)];
      const parts = keys.map((list) => takeKeys(problem, list));
      const whole = await probe.attend(problem);
      const answers = [
        await probe.attend(parts[0], { lse: true }),
        await probe.attend(parts[1], { lse: true }),
      ];
      const merged = mergeParts(
        answers.map(({ output, lse }) => ({ output, lse: lse! })),
        E,
      );
      const { bounds } = probe.expected(problem);
      const own = parts.map((part) => probe.expected(part).bounds);
      merged.forEach((mean, at) => {
        const row = Math.floor(at / E);
        const kv = keyMatrixOf(problem, row) * S;
        const column = range(S).map((j) => value[(kv + j) * E + (at % E)]);
        const spread = Math.max(...column) - Math.min(...column);
        // The share of a part is off by as much as the lse of both, relatively.
        const shift = 4 * Math.max(own[0].lse[row], own[1].lse[row]) * spread;
        const parted = Math.max(own[0].output[at], own[1].output[at]);
        const limit = bounds.output[at] + 1.01 * parted + shift;
        const code = (): string =>
          `(b.output.data[${at}] + (c.output.data[${at}] - b.output.data[${at}]) / ` +
          `(1 + Math.exp(b.lse.data[${row}] - c.lse.data[${row}])))`;
        const got = element(whole, "output", at);
        probe.close(`keys split at ${middle}`, got, { value: mean, code }, limit);
      });
      return L > 0;
    },
  },
];
