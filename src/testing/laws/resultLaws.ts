import { needsAny, type Law } from "../law.js";
import { element, known, type Answer } from "../probe.js";
import { Broken } from "../broken.js";

/** What a function is, before its numbers matter. */
export const resultLaws: readonly Law[] = [
  {
    id: "result",
    name: "a result of the right shape, finite for finite input",
    equation:
      "output [..., L, E], weights [..., L, S], lse [..., L]; every output is a finite number",
    async check(probe, problem) {
      const { weights, lse } = probe.supported;
      const answer = await probe.attend(problem, { weights, lse });
      answer.output.forEach((value, at) => {
        if (Number.isFinite(value)) return;
        const { code } = element(answer, "output", at);
        throw new Broken(`${code()} is ${value}`, [`assert(Number.isFinite(${code()}));`]);
      });
    },
  },
  {
    id: "inputs",
    name: "the inputs are left as they are",
    equation: "query, key and value have the same bits before and after",
    check: async (probe, problem) => void (await probe.attend(problem, { unchanged: true })),
  },
  {
    id: "determinism",
    name: "the same call gives the same bits",
    equation: "attention(q, k, v) = attention(q, k, v), to the last bit",
    async check(probe, problem) {
      const first = await probe.attend(problem);
      for (let repeat = 0; repeat < 3; repeat++) {
        const again = await probe.attend(problem);
        first.output.forEach((_, at) => {
          probe.bits("again", element(again, "output", at), element(first, "output", at));
        });
      }
    },
  },
  {
    id: "looking",
    name: "asking for weights or lse changes nothing",
    equation:
      "output, weights and lse asked for together = each asked for alone; |a − b| ≤ 2ε, equal bits if exact",
    unless: needsAny("weights", "lse"),
    async check(probe, problem) {
      const expectSame = (
        what: string,
        got: Answer,
        expected: Answer,
        field: "output" | "weights" | "lse",
      ): void =>
        expected[field]!.forEach((_, at) => {
          const bound = (): number => 2 * probe.expected(problem).bounds[field][at];
          probe.same(what, element(got, field, at), element(expected, field, at), bound);
        });
      const alone = await probe.attend(problem);
      const asks = (["weights", "lse"] as const).filter((ask) => probe.supported[ask]);
      const answers: Answer[] = [];
      for (const ask of asks) {
        const asked = await probe.attend(problem, { [ask]: true });
        expectSame(`with ${ask}`, asked, alone, "output");
        answers.push(asked);
      }
      if (asks.length < 2) return;
      const both = await probe.attend(problem, { weights: true, lse: true });
      expectSame("with weights and lse", both, alone, "output");
      asks.forEach((ask, n) => expectSame("with weights and lse", both, answers[n], ask));
    },
  },
  {
    id: "definition",
    name: "the output is the one of the definition",
    equation:
      "|output − softmax(mask(cap(q·kᵀ·scale) + bias))·v in float64| ≤ ε + ε₆₄, the error certificate",
    async check(probe, problem) {
      const answer = await probe.attend(problem);
      const { output, bounds, own } = probe.expected(problem);
      output.forEach((value, at) => {
        const bound = bounds.output[at] + own.output[at];
        probe.close("the definition", element(answer, "output", at), known(value), bound);
      });
    },
  },
  {
    id: "accuracy",
    name: "as accurate as plain arithmetic of the same precision",
    equation:
      "max|output − exact| ≤ 2 × that of plain sequential float32 attention + 4·2⁻²⁴·(1 + max|score|)·max|v|",
    unless: ({ dtypes, unit }) => {
      if (!dtypes.includes("float32")) return "float64 is compared with the definition only";
      return unit === undefined ? undefined : "measured in float32 only";
    },
    // A measured law and not a derived one: it takes errors that average out. Where all values are one
    // constant each addition errs the same way, and the plain sum may be the luckier one.
    async check(probe, problem) {
      const { value, dtype } = problem;
      if (dtype !== "float32" || value.every((v) => v === value[0])) return false;
      const exact = probe.expected(problem);
      const plain = probe.plain(problem);
      const { output } = await probe.attend(problem);
      let worst = 0;
      exact.output.forEach((x, at) => {
        if (!(Math.abs(output[at] - x) <= Math.abs(output[worst] - exact.output[worst])))
          worst = at;
      });
      const largest = (data: ArrayLike<number>): number =>
        Array.from(data).reduce(
          (most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
          0,
        );
      const baseline = largest(plain.output.map((x, at) => x - exact.output[at]));
      const allowance = 4 * 5.960464477539063e-8 * (1 + largest(exact.scores)) * largest(value);
      const got = { value: output[worst], code: () => `a.output.data[${worst}]` };
      // Bits that are missing throughout are no mistake of the formula.
      const [error, size] = [Math.abs(got.value - exact.output[worst]), largest(value)];
      const hint = error < size / 64 ? " (if it is coarser inside, claim supports.unit)" : "";
      const bound = 2 * baseline + allowance;
      probe.close(`plain float32${hint}`, got, known(exact.output[worst]), bound);
      return true;
    },
  },
];
