import { attentionWithWeights } from "../attention/index.js";
import type { PrincipalPlane, WeightsView } from "../explain/index.js";
import { rangeError, tensor } from "../tensor/index.js";

/** One head with the vectors that its scores are made of. */
export interface PlaneHead {
  /** Its weights: names of queries and keys, and which pairs are blocked. */
  readonly view: WeightsView;
  /** `[L]` vectors. */
  readonly queries: readonly ArrayLike<number>[];
  /** `[S]` vectors, as long as those. */
  readonly keys: readonly ArrayLike<number>[];
  /** What `q·k` is multiplied by. */
  readonly scale: number;
}

/** What a query attends to from where it is. */
export interface WeightsInPlane {
  /** `[D]`: the query with all its numbers. */
  readonly query: readonly number[];
  /** `[S]`: `q·k·scale`, of blocked keys too. */
  readonly scores: readonly number[];
  /** `[S]`: the bits of attention, if the query was not moved. */
  readonly weights: readonly number[];
}

/**
 * The weights of a query that was moved along a plane: to each of its numbers comes what the move is in the axes, and
 * attention does the rest. The keys, and the parts of the query that the plane does not show, are the true ones. For
 * heads without bias, softcap and sink.
 */
export function weightsInPlane(
  head: PlaneHead,
  { axes }: Pick<PrincipalPlane, "axes">,
  query: number,
  [dx, dy]: readonly [number, number] = [0, 0],
): WeightsInPlane {
  const { view, queries, keys, scale } = head;
  readVectors("queries", queries.length, view.queries.length);
  readVectors("keys", keys.length, view.keys.length);
  const row = view.row(query);
  const dtype = row.weights instanceof Float64Array ? "float64" : "float32";
  const whole = Array.from(queries[query], (q, d) => q + dx * axes[0][d] + dy * axes[1][d]);
  const them = tensor(
    keys.map((key) => Array.from(key)),
    { dtype },
  );
  const blocked = new Map(row.keys.map(({ keyIndex, blocked }) => [keyIndex, blocked === true]));
  const block = [keys.map((_, j) => blocked.get(j) === true)];
  const { weights } = attentionWithWeights(tensor([whole], { dtype }), them, them, {
    scale,
    block,
  });
  const scores = keys.map((key) => whole.reduce((sum, q, d) => sum + q * key[d], 0) * scale);
  return { query: whole, scores, weights: Array.from(weights.data) };
}

function readVectors(what: string, got: number, count: number): void {
  if (got !== count)
    throw rangeError("plane", `head.${what}`, `${count} vectors, as the view has`, String(got));
}

/** How well two rows of numbers agree, from −1 to 1; undefined where fewer than 3 differ. */
export function correlation(a: readonly number[], b: readonly number[]): number | undefined {
  if (a.length < 3) return undefined;
  const mean = (them: readonly number[]): number => them.reduce((x, y) => x + y, 0) / them.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, n) => {
    const [u, v] = [x - meanA, b[n] - meanB];
    ab += u * v;
    aa += u * u;
    bb += v * v;
  });
  const size = Math.sqrt(aa) * Math.sqrt(bb);
  return size > 0 ? Math.max(-1, Math.min(1, ab / size)) : undefined;
}
