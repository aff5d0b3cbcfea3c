/** How much of a token's next state each of its summands makes up: projected on it, over its length. */
export interface NextShares {
  /** What was there before, by the residual connection. */
  readonly residual: number;
  /** The bias of the output projection. */
  readonly bias: number;
  /** All heads together. `residual + bias + attention` is 1. */
  readonly attention: number;
  /** Of each head; they sum to `attention`. */
  readonly heads: readonly number[];
  /** Of each key, over all heads; they sum to `attention` too. */
  readonly keys: Float64Array;
}

/**
 * What the next state of token `i` consists of, for any weights. A share is negative where a summand points away
 * from the sum.
 *
 * @param next - What `nextGram` gives.
 * @param weights - Of each head, those with which token `i` attends to each key: `[H][L]`.
 */
export function nextShares(
  next: ArrayLike<number>,
  weights: readonly ArrayLike<number>[],
  i: number,
): NextShares {
  const length = weights[0].length;
  const count = length + 1 + weights.length * length;
  if (next.length !== (count * (count + 1)) / 2) {
    const tokens = `${weights.length} heads and ${length} tokens`;
    throw new RangeError(
      `nextShares(): expected ${(count * (count + 1)) / 2} inner products for ${tokens}; got ${next.length}`,
    );
  }
  const product = (a: number, b: number): number => {
    const [row, column] = a < b ? [a, b] : [b, a];
    return next[(row * (2 * count - row - 1)) / 2 + column];
  };
  const first = (head: number): number => length + 1 + head * length;
  // Which vectors add up to the next state, and how often: one residual, the bias, and the weighted values.
  const parts: (readonly [vector: number, times: number])[] = [
    [i, 1],
    [length, 1],
    ...weights.flatMap((row, h) => Array.from(row, (w, j) => [first(h) + j, w] as const)),
  ].filter(([, times]) => times !== 0) as [number, number][];
  const along = (vector: number): number =>
    parts.reduce((sum, [other, times]) => sum + times * product(vector, other), 0);
  const projections = parts.map(([vector, times]) => [vector, times * along(vector)] as const);
  const square = projections.reduce((sum, [, projection]) => sum + projection, 0);
  const shares = new Float64Array(count);
  for (const [vector, projection] of projections) {
    shares[vector] = square > 0 ? projection / square : 0;
  }
  const heads = weights.map((_, h) =>
    shares.subarray(first(h), first(h + 1)).reduce((sum, share) => sum + share, 0),
  );
  return {
    residual: shares[i],
    bias: shares[length],
    attention: heads.reduce((sum, share) => sum + share, 0),
    heads,
    keys: Float64Array.from({ length }, (_, j) =>
      weights.reduce((sum, _, h) => sum + shares[first(h) + j], 0),
    ),
  };
}
