import type { Feature, Law } from "./law.js";
import { pick, range, takeBatchEntry, takeHead, takeQueries, type Problem } from "./problem.js";
import type { Supported } from "./types.js";

/** Problems that are tried at most, so that a slow function is not asked forever. */
const mostTries = 32;

/**
 * Makes a failing problem smaller as long as it still fails: batch entries, heads, options, queries, features.
 * `fails` says how a problem fails, if it does.
 */
export async function shrink<Failure>(
  law: Pick<Law, "with" | "sizes">,
  supported: Supported,
  problem: Problem,
  failure: Failure,
  fails: (problem: Problem) => Promise<Failure | undefined>,
): Promise<Failure> {
  let [smallest, found] = [problem, failure];
  let tries = 0;
  search: for (;;) {
    for (const candidate of smallerOnes(law, supported, smallest)) {
      if (tries++ === mostTries) return found;
      const other = await fails(candidate);
      if (other === undefined) continue;
      [smallest, found] = [candidate, other];
      continue search;
    }
    return found;
  }
}

const options: readonly Exclude<Feature, "grouped">[] = [
  ...(["mask", "bias", "causal", "window", "keyLengths", "scale", "softcap", "sinks"] as const),
];

/** The problem without one thing, the largest things first. */
function* smallerOnes(
  law: Pick<Law, "with" | "sizes">,
  { valueSize }: Supported,
  problem: Problem,
): Generator<Problem> {
  const { B, H, Hkv, L, S, D, E, causal, window, keyLengths } = problem;
  if (B > 1) for (const entry of range(B)) yield takeBatchEntry(problem, entry);
  if (H > 1) for (const head of range(H)) yield takeHead(problem, head);
  for (const option of options) {
    if (problem[option] === undefined || law.with?.includes(option)) continue;
    const { [option]: _, ...rest } = problem;
    yield rest as Problem;
  }
  // A law that chooses its sizes needs them.
  if (law.sizes) return;
  // A rule would mean other pairs.
  const isDense = causal === undefined && window === undefined && keyLengths === undefined;
  if (L > 1 && isDense) {
    for (const gone of range(L)) {
      const rows = range(L).filter((i) => i !== gone);
      yield takeQueries(problem, rows);
    }
  }
  if (!valueSize) return;
  if (D > 1) {
    const query = pick(problem.query, [B * H * L, D], 1, range(D - 1));
    yield {
      ...problem,
      D: D - 1,
      query,
      key: pick(problem.key, [B * Hkv * S, D], 1, range(D - 1)),
    };
  }
  if (E > 1) {
    const value = pick(problem.value, [B * Hkv * S, E], 1, range(E - 1));
    yield { ...problem, E: E - 1, value };
  }
}
