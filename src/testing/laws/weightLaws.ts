import { needs, type Law } from "../law.js";
import { Broken } from "../broken.js";
import { element, known } from "../probe.js";
import { keyMatrixOf, range, visiblePairs } from "../problem.js";

const exactly = "; |a − b| ≤ ε + ε₆₄";

/** What the weights and the log-sum-exp are. */
export const weightLaws: readonly Law[] = [
  {
    id: "weight-sums",
    name: "weight rows sum to one",
    equation: "|Σ w − 1| ≤ ε of the sums; with sinks 1 is less the sink's share",
    unless: needs("weights"),
    async check(probe, problem) {
      const { S } = problem;
      const { weights, lse, bounds } = probe.expected(problem);
      const answer = await probe.attend(problem, { weights: true });
      bounds.sums.forEach((bound, row) => {
        const empty = lse[row] === -Infinity;
        if (empty && probe.supported.emptyRow !== "zero") return;
        const sum = (data: ArrayLike<number>): number =>
          Array.from({ length: S }, (_, j) => data[row * S + j]).reduce((a, b) => a + b, 0);
        const code = (): string =>
          `a.weights.data.subarray(${row * S}, ${(row + 1) * S}).reduce((x, y) => x + y, 0)`;
        const share = problem.sinks || empty ? sum(weights) : 1;
        // Adding up in float64 costs next to nothing.
        const got = { value: sum(answer.weights!), code };
        probe.close(`sum of row ${row}`, got, known(share), empty ? 0 : bound + S * 2.3e-16);
      });
    },
  },
  {
    id: "weight-range",
    name: "weights lie in [0, 1], and are 0 where blocked",
    equation: "0 ≤ w ≤ 1 + ε, w = 0 where blocked; w ≤ 1 if exact",
    unless: needs("weights"),
    async check(probe, problem) {
      const { weights } = await probe.attend(problem, { weights: true });
      const visible = visiblePairs(problem);
      const most = (pair: number): number =>
        probe.supported.exact ? 1 : 1 + probe.expected(problem).bounds.weights[pair];
      weights!.forEach((w, pair) => {
        const name = `a.weights.data[${pair}]`;
        if (!visible[pair]) {
          if (probe.supported.exact ? Object.is(w, 0) : w === 0) return;
          throw new Broken(`blocked pair ${pair} has weight ${w}`, [`assert(${name} === 0);`]);
        }
        if (w >= 0 && w <= most(pair)) return;
        throw new Broken(`weight ${pair} is ${w}, outside [0, ${most(pair)}]`, [
          `assert(${name} >= 0 && ${name} <= ${most(pair)});`,
        ]);
      });
    },
  },
  {
    id: "weights",
    name: "weights are the softmax of the scores",
    equation: `weights = softmax(mask(cap(q·kᵀ·scale) + bias)) in float64${exactly}`,
    unless: needs("weights"),
    async check(probe, problem) {
      const answer = await probe.attend(problem, { weights: true });
      const { weights, bounds, own } = probe.expected(problem);
      weights.forEach((w, pair) => {
        const bound = bounds.weights[pair] + own.weights[pair];
        probe.close("the softmax", element(answer, "weights", pair), known(w), bound);
      });
    },
  },
  {
    id: "weighted-sum",
    name: "the output is the weights times the values",
    equation: "|output − weights·v| ≤ ε + Σ ε(w)·|v|, with the weights that the function returns",
    unless: needs("weights"),
    async check(probe, problem) {
      const { S, E, value } = problem;
      const answer = await probe.attend(problem, { weights: true });
      const { bounds } = probe.expected(problem);
      bounds.output.forEach((bound, at) => {
        const [row, e] = [Math.floor(at / E), at % E];
        const kv = keyMatrixOf(problem, row) * S;
        const column = range(S).map((j) => value[(kv + j) * E + e]);
        let [sum, slack] = [0, 1.01 * bound];
        column.forEach((v, j) => {
          if (answer.weights![row * S + j] === 0) return;
          sum += answer.weights![row * S + j] * v;
          slack += bounds.weights[row * S + j] * Math.abs(v);
        });
        const code = (): string =>
          `[${column.join(", ")}].reduce((sum, v, j) => sum + a.weights.data[${row * S} + j] * v, 0)`;
        probe.close("weights·v", element(answer, "output", at), { value: sum, code }, slack);
      });
    },
  },
  {
    id: "lse",
    name: "lse is the logarithm of the sum of the powers",
    equation: `lse = ln Σ exp(score), the natural logarithm${exactly}`,
    unless: needs("lse"),
    async check(probe, problem) {
      const answer = await probe.attend(problem, { lse: true });
      const { lse, bounds, own } = probe.expected(problem);
      lse.forEach((value, row) => {
        const bound = bounds.lse[row] + own.lse[row];
        probe.close("ln Σ exp", element(answer, "lse", row), known(value), bound);
      });
    },
  },
];
