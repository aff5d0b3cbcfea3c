/** How repeated measurements of one thing are spread. */
export interface Spread {
  min: number;
  /** The lower quartile. */
  q1: number;
  median: number;
  /** The upper quartile. */
  q3: number;
  max: number;
  count: number;
}

/** The value below which a part `p` of the ascending `sorted` lies; linear between neighbours. */
export function quantile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0) throw new RangeError("no quantile of nothing");
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** Median, quartiles and extremes. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    min: quantile(sorted, 0),
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
    max: quantile(sorted, 1),
    count: sorted.length,
  };
}

/** One number for each round; null where a contestant sat out. */
export type Samples = readonly (number | null)[];

/**
 * The median of `a[i] / b[i]` over the rounds in which both took part: what they shared in a round, such
 * as a slow machine, cancels out. Undefined if there is no such round.
 */
export function pairedRatio(a: Samples, b: Samples): number | undefined {
  if (a.length !== b.length) throw new RangeError("paired samples come in equal numbers");
  const ratios = a.flatMap((x, i) => {
    const y = b[i];
    return x === null || y === null ? [] : [x / y];
  });
  return ratios.length > 0 ? spreadOf(ratios).median : undefined;
}
