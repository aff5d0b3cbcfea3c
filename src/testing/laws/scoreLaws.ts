import type { FloatArray } from "../../tensor/index.js";
import { needs, needsAny, type Law } from "../law.js";
import { element } from "../probe.js";
import { visiblePairs, type Problem } from "../problem.js";
import { Random } from "../random.js";
import { expectDefinition } from "./expectDefinition.js";

const exactly = "; |a − b| ≤ ε + ε₆₄";

/** What happens to the scores. */
export const scoreLaws: readonly Law[] = [
  {
    id: "scale",
    name: "scale: what the scores are multiplied by",
    equation: `scores = q·kᵀ·scale, scale = 1/√D or supports.defaultScale(D), or the caller's${exactly}`,
    without: ["mask", "bias", "causal", "window", "keyLengths", "softcap", "sinks"],
    sizes: ({ S, D, ...rest }) => ({ S: Math.max(2, S), D: Math.max(2, D), ...rest }),
    async check(probe, problem) {
      const { D, H } = problem;
      const own = probe.supported.defaultScale(D);
      const answer = await probe.attend(problem);
      const right =
        problem.scale === undefined ? `the default, ${own} for D = ${D}` : "the scale given";
      const other = (scale: number) => () => probe.mistaken(problem, { scale });
      expectDefinition(probe, problem, answer, right, [
        ["no scale", other(1)],
        ["1/D, the scale twice", other(1 / D)],
        ["√D, the inverse", other(Math.sqrt(D))],
        ["1/√D", other(1 / Math.sqrt(D))],
        ["1/√(H·D), of the width of the model", other(1 / Math.sqrt(H * D))],
        ...(problem.scale === undefined
          ? []
          : ([["the scale given and the default, both", other(problem.scale * own)]] as const)),
      ]);
    },
  },
  {
    id: "softcap-order",
    name: "softcap before the mask",
    equation: `scores = mask(c·tanh(s/c)), a blocked pair stays at −Infinity${exactly}`,
    unless: (supported) =>
      needs("softcap")(supported) ?? needsAny("mask", "causal", "window", "keyLengths")(supported),
    with: ["softcap"],
    without: ["bias"],
    async check(probe, problem) {
      if (!visiblePairs(problem).includes(0)) return false;
      const answer = await probe.attend(problem);
      expectDefinition(probe, problem, answer, "mask(c·tanh(s/c))", [
        [
          "c·tanh(mask(s)/c), where a blocked pair has the score −c",
          () => probe.mistaken(problem, { blocked: -problem.softcap! }),
        ],
        ["no softcap", () => probe.expected({ ...problem, softcap: undefined })],
      ]);
      return true;
    },
  },
  {
    id: "key-shift",
    name: "adding one vector to all keys changes nothing",
    equation:
      "attention(q, k + 1·tᵀ, v) = attention(q, k, v), scores shifted by up to 1000; |a − b| ≤ ε(a) + ε(b)",
    without: ["softcap", "sinks"],
    async check(probe, original) {
      const shifted = shiftKeys(original, probe.supported.defaultScale);
      if (shifted === undefined) return false;
      const [near, far] = shifted;
      const a = await probe.attend(near);
      const b = await probe.attend(far);
      const [one, two] = [probe.expected(near).bounds, probe.expected(far).bounds];
      a.output.forEach((_, at) => {
        const bound = one.output[at] + two.output[at];
        probe.close("shifted keys", element(b, "output", at), element(a, "output", at), bound);
      });
      return true;
    },
  },
];

/**
 * The same problem with other keys: `t` is along the first query, so long that its scores move by 1000 or more,
 * and the sums `k + t` are exact.
 */
function shiftKeys(
  problem: Problem,
  defaultScale: (headSize: number) => number,
): [near: Problem, far: Problem] | undefined {
  const { D, query, key, dtype, scale = defaultScale(D) } = problem;
  const random = new Random(problem.seed);
  const round = dtype === "float32" ? Math.fround : (x: number): number => x;
  const first = Float64Array.from(query.subarray(0, D));
  const size = first.reduce((sum, x) => sum + Math.abs(x), 0) * Math.abs(scale);
  if (!(size > 0.001)) return undefined;
  let length = random.pick([1, -1]);
  while (Math.abs(length) * size < 1000) length *= 2;
  const t = (at: number): number => Math.sign(first[at % D]) * length;
  const far = key.map((x, at) => round(x + t(at))) as FloatArray;
  const near = far.map((x, at) => round(x - t(at))) as FloatArray;
  return [
    { ...problem, key: near },
    { ...problem, key: far },
  ];
}
