import type { FloatArray } from "../../tensor/index.js";
import { element, type Probe } from "../probe.js";
import { visiblePairs, type Problem } from "../problem.js";
import { Random } from "../random.js";

/**
 * Changes keys and values that some row may not see, and expects every row that sees none of them to stay as
 * it is. False where every row sees every key.
 */
export async function expectNoLeak(
  probe: Probe,
  problem: Problem,
  garbage: boolean,
): Promise<boolean> {
  const { B, H, Hkv, L, S, D, E } = problem;
  const visible = visiblePairs(problem);
  const hidden = [...visible.keys()].filter((pair) => !visible[pair]);
  if (hidden.length === 0) return false;
  const random = new Random(problem.seed);
  const anchor = Math.floor(random.pick(hidden) / S);
  const all = random.chance(0.5);
  const keys = new Set<number>();
  for (let j = 0; j < S; j++) {
    if (!visible[anchor * S + j] && (all || keys.size === 0)) keys.add(j);
  }
  const other = (): number =>
    garbage ? random.pick([NaN, Infinity, -Infinity]) : random.pick([-64, 48, 80]);
  const change = (data: FloatArray, size: number): FloatArray =>
    data.map((x, at) => (keys.has(Math.floor(at / size) % S) ? other() : x)) as FloatArray;
  const [inKey, inValue] = random.pick([
    [true, true],
    [true, false],
    [false, true],
  ]);
  const changed = {
    ...problem,
    key: inKey ? change(problem.key, D) : problem.key,
    value: inValue ? change(problem.value, E) : problem.value,
  };
  const before = await probe.attend(problem);
  const after = await probe.attend(changed);
  const bound = (at: number): number => 2 * probe.expected(problem).bounds.output[at];
  const which = [...keys].join(", ");
  for (let row = 0; row < B * H * L; row++) {
    if ([...keys].some((j) => visible[row * S + j])) continue;
    // A row that sees nothing is a question of its own.
    if (!visible.subarray(row * S, (row + 1) * S).includes(1)) continue;
    for (let at = row * E; at < (row + 1) * E; at++) {
      const what = `query ${row % L} may not see key ${which}, which changed`;
      probe.same(what, element(after, "output", at), element(before, "output", at), () =>
        bound(at),
      );
    }
  }
  return Hkv > 0;
}
