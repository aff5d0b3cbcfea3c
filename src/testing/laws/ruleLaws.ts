import { Broken } from "../broken.js";
import { needs, type Law } from "../law.js";
import type { Probe } from "../probe.js";
import { visiblePairs, type Problem } from "../problem.js";
import { Random } from "../random.js";
import type { Supported } from "../types.js";
import { expectDefinition, matches, type Mistakes } from "./expectDefinition.js";

const exactly = "; |a − b| ≤ ε + ε₆₄";

/** What seeing other pairs would give; `sees` gets the query's position among the keys and the key's. */
function seeing(
  probe: Probe,
  problem: Problem,
  sees: (at: number, j: number) => boolean,
  offset = problem.causal === "bottomRight" ? problem.S - problem.L : 0,
): Mistakes[number][1] {
  const { L, S } = problem;
  const others = visiblePairs({ ...problem, causal: undefined, window: undefined });
  const visible = others.map((other, pair) =>
    other && sees((Math.floor(pair / S) % L) + offset, pair % S) ? 1 : 0,
  );
  return () => probe.mistaken(problem, { visible });
}

/** Which pairs causality and windows leave. */
export const ruleLaws: readonly Law[] = [
  {
    id: "causal",
    name: "causal: a query sees the keys up to its own",
    equation: `attention(q, k, v; causal) = the definition, key j visible to query i iff j ≤ i${exactly}`,
    unless: needs("causal"),
    with: ["causal"],
    without: ["window", "mask", "keyLengths"],
    async check(probe, problem) {
      if (problem.S < 2) return false;
      const answer = await probe.attend(problem);
      expectDefinition(probe, problem, answer, "j ≤ i", [
        ["j ≤ i + 1, one key too many", seeing(probe, problem, (i, j) => j <= i + 1)],
        ["j < i, without its own key", seeing(probe, problem, (i, j) => j < i)],
        ["j ≥ i, the past hidden", seeing(probe, problem, (i, j) => j >= i)],
        ["all keys", seeing(probe, problem, () => true)],
      ]);
      return true;
    },
  },
  {
    id: "causal-alignment",
    name: "causal alignment where L ≠ S",
    equation: `key j visible to query i iff j ≤ i (topLeft) or j ≤ i + S − L (bottomRight)${exactly}`,
    unless: ({ causal }) => {
      if (!causal) return needs("causal")({ causal } as Supported);
      return causal === "square" ? `claimed for L = S only (supports.causal: "square")` : undefined;
    },
    without: ["causal", "window", "mask", "keyLengths"],
    sizes: ({ L, S, ...rest }) => ({ L: Math.max(L, 2), S: Math.max(L, 2, S - 1) + 1, ...rest }),
    async check(probe, problem) {
      const { causal } = probe.supported;
      const reading = (name: "topLeft" | "bottomRight"): Mistakes[number] => {
        const expected = probe.expected({ ...problem, causal: name });
        return [name, () => expected];
      };
      const readings = [reading("topLeft"), reading("bottomRight")];
      const mistakes: Mistakes = [...readings, ["all keys", () => probe.expected(problem)]];
      if (causal === true) {
        await findAlignment(probe, { ...problem, causal: "topLeft" }, readings, mistakes);
        return;
      }
      const aligned =
        causal === "both"
          ? new Random(problem.seed).pick(["topLeft", "bottomRight"] as const)
          : causal;
      const asked = { ...problem, causal: aligned as "topLeft" };
      expectDefinition(probe, asked, await probe.attend(asked), aligned as string, mistakes);
      probe.findings.add(aligned as string);
    },
  },
  {
    id: "window",
    name: "window: left and right count neighbours",
    equation: `key j visible to query i iff i − left ≤ j ≤ i + right${exactly}`,
    unless: needs("window"),
    with: ["window"],
    without: ["mask", "keyLengths"],
    async check(probe, problem) {
      if (problem.S < 2) return false;
      const { window, causal } = problem;
      const { left, right } = window!;
      const past = (i: number, j: number): boolean => causal === undefined || j <= i;
      const within = (l: number, r: number): Mistakes[number][1] =>
        seeing(probe, problem, (i, j) => j >= i - l && j <= i + r && past(i, j));
      const answer = await probe.attend(problem);
      expectDefinition(
        probe,
        problem,
        answer,
        "left and right neighbours and the query's own key",
        [
          ["left neighbours that include its own key", within(left - 1, right)],
          ["one key too many on the left", within(left + 1, right)],
          ["one key too many on the right", within(left, right + 1)],
          ["the whole window, half on each side", within(left / 2, left / 2)],
          ["all keys", seeing(probe, problem, past)],
        ],
      );
      return true;
    },
  },
];

/** Any alignment is fine, and so is refusing; but it has to be one of them. */
async function findAlignment(
  probe: Probe,
  problem: Problem,
  readings: Mistakes,
  mistakes: Mistakes,
): Promise<void> {
  const answer = await probe.attend(problem).catch((error: unknown) => {
    if (!(error instanceof Broken)) throw error;
    probe.findings.add("L ≠ S is refused");
  });
  if (!answer) return;
  const found = readings.filter(([, expected]) => matches(answer, expected()));
  if (found.length === 0)
    expectDefinition(probe, problem, answer, "topLeft or bottomRight", mistakes);
  for (const [name] of found) probe.findings.add(name);
}
