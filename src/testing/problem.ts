import type { DType, FloatArray } from "../tensor/index.js";

/** The lengths of a problem by their letters. */
export interface Sizes {
  readonly B: number;
  readonly H: number;
  readonly Hkv: number;
  readonly L: number;
  readonly S: number;
  readonly D: number;
  readonly E: number;
}

/**
 * One attention problem in row-major arrays that a law can rewrite. Axes that a function does not have are
 * of length 1 here.
 */
export interface Problem extends Sizes {
  readonly dtype: DType;
  /** Draws whatever a law chooses at random. */
  readonly seed: number;
  /** `[B, H, L, D]`. */
  readonly query: FloatArray;
  /** `[B, Hkv, S, D]`. */
  readonly key: FloatArray;
  /** `[B, Hkv, S, E]`. */
  readonly value: FloatArray;
  readonly scale?: number | undefined;
  readonly softcap?: number | undefined;
  /** `[B, H, L, S]`: 1 where a query may attend a key. */
  readonly mask?: Uint8Array | undefined;
  /** `[B, H, L, S]`. */
  readonly bias?: FloatArray | undefined;
  /** `[H]`. */
  readonly sinks?: FloatArray | undefined;
  readonly causal?: "topLeft" | "bottomRight" | undefined;
  /** Follows the alignment of `causal`. */
  readonly window?: { readonly left: number; readonly right: number } | undefined;
  /** `[B]`. */
  readonly keyLengths?: readonly number[] | undefined;
}

/** Which of the `B·Hkv` key/value matrices query row `row` of `B·H·L` reads. */
export function keyMatrixOf({ H, Hkv, L }: Sizes, row: number): number {
  const head = Math.floor(row / L) % H;
  return Math.floor(row / (H * L)) * Hkv + Math.floor((head * Hkv) / H);
}

/** 1 where all masks together let query `i` see key `j`; `[B, H, L, S]`. */
export function visiblePairs(problem: Problem): Uint8Array {
  const { B, H, L, S, mask, bias, causal, window, keyLengths } = problem;
  const offset = causal === "bottomRight" ? S - L : 0;
  const { left, right } = window ?? { left: Infinity, right: Infinity };
  return new Uint8Array(B * H * L * S).map((_, pair) => {
    const j = pair % S;
    const at = (Math.floor(pair / S) % L) + offset;
    const sees =
      (causal === undefined || j <= at) &&
      j >= at - left &&
      j <= at + right &&
      j < (keyLengths?.[Math.floor(pair / (H * L * S))] ?? S) &&
      mask?.[pair] !== 0 &&
      bias?.[pair] !== -Infinity;
    return sees ? 1 : 0;
  });
}

/** Copies along one axis: entry `n` of the result is entry `indices[n]`. */
export function pick<A extends FloatArray | Uint8Array>(
  data: A,
  shape: readonly number[],
  axis: number,
  indices: readonly number[],
): A {
  const length = shape[axis];
  const inner = shape.slice(axis + 1).reduce((size, n) => size * n, 1);
  const outer = data.length / (length * inner || 1);
  const picked = new (data.constructor as new (size: number) => A)(outer * indices.length * inner);
  for (let o = 0, to = 0; o < outer; o++) {
    for (const index of indices) {
      const from = (o * length + index) * inner;
      picked.set(data.subarray(from, from + inner), to);
      to += inner;
    }
  }
  return picked;
}

// Problems made from problems. Those that move queries or keys take problems whose masks are dense: a causal
// rule or a window would mean other pairs afterwards.

/** Some of the queries, in any order. */
export function takeQueries(problem: Problem, rows: readonly number[]): Problem {
  const { B, H, L, S, D } = problem;
  return {
    ...problem,
    L: rows.length,
    query: pick(problem.query, [B * H, L, D], 1, rows),
    ...mapPairs(problem, (pairs) => pick(pairs, [B * H, L, S], 1, rows)),
  };
}

/** Some of the keys with their values, in any order. */
export function takeKeys(problem: Problem, keys: readonly number[]): Problem {
  const { B, H, Hkv, L, S, D, E } = problem;
  return {
    ...problem,
    S: keys.length,
    key: pick(problem.key, [B * Hkv, S, D], 1, keys),
    value: pick(problem.value, [B * Hkv, S, E], 1, keys),
    ...mapPairs(problem, (pairs) => pick(pairs, [B * H * L, S], 1, keys)),
  };
}

/** One head and the key/value head that it reads. */
export function takeHead(problem: Problem, head: number): Problem {
  const { B, H, Hkv, L, S, D, E } = problem;
  const kv = Math.floor((head * Hkv) / H);
  return {
    ...problem,
    H: 1,
    Hkv: 1,
    query: pick(problem.query, [B, H, L * D], 1, [head]),
    key: pick(problem.key, [B, Hkv, S * D], 1, [kv]),
    value: pick(problem.value, [B, Hkv, S * E], 1, [kv]),
    ...(problem.sinks ? { sinks: problem.sinks.slice(head, head + 1) } : {}),
    ...mapPairs(problem, (pairs) => pick(pairs, [B, H, L * S], 1, [head])),
  };
}

/** One batch entry. */
export function takeBatchEntry(problem: Problem, entry: number): Problem {
  const { B, keyLengths } = problem;
  const take = <A extends FloatArray | Uint8Array>(data: A): A =>
    pick(data, [B, data.length / B], 0, [entry]);
  return {
    ...problem,
    B: 1,
    query: take(problem.query),
    key: take(problem.key),
    value: take(problem.value),
    ...(keyLengths ? { keyLengths: [keyLengths[entry]] } : {}),
    ...mapPairs(problem, take),
  };
}

/** Every query head with a key/value head of its own; query head `h` had `map(h)`. */
export function repeatHeads(
  problem: Problem,
  map = (h: number): number => Math.floor((h * problem.Hkv) / problem.H),
): Problem {
  const { B, H, Hkv, S, D, E } = problem;
  const heads = Array.from({ length: H }, (_, h) => map(h));
  return {
    ...problem,
    Hkv: H,
    key: pick(problem.key, [B, Hkv, S * D], 1, heads),
    value: pick(problem.value, [B, Hkv, S * E], 1, heads),
  };
}

/** The same pairs, as a dense mask in place of rules and lengths. */
export function withDenseMask(problem: Problem): Problem {
  const { causal, window, keyLengths, ...rest } = problem;
  if (causal === undefined && window === undefined && keyLengths === undefined) return problem;
  return { ...rest, mask: visiblePairs(problem) };
}

/** No option left that hides a pair, and no bias. */
export function withoutMasks(problem: Problem): Problem {
  const { mask: _m, bias: _b, causal: _c, window: _w, keyLengths: _k, ...rest } = problem;
  return rest;
}

function mapPairs(
  { mask, bias }: Problem,
  change: <A extends FloatArray | Uint8Array>(pairs: A) => A,
): Pick<Problem, "mask" | "bias"> {
  return { ...(mask ? { mask: change(mask) } : {}), ...(bias ? { bias: change(bias) } : {}) };
}

/** 0 … length − 1. */
export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
