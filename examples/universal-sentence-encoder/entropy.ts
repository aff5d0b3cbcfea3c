export interface Entropy {
  /** −Σ w·log₂ w: 0 when all weight is on one word. */
  readonly bits: number;
  /** bits / log₂ n: 0 = one word, 1 = evenly on all n words. With one word there is no choice: 0. */
  readonly normalized: number;
}

/** How widely a row of weights is spread. */
export function entropy(row: readonly number[]): Entropy {
  let bits = 0;
  for (const weight of row) if (weight > 0) bits -= weight * Math.log2(weight);
  return { bits: Math.max(bits, 0), normalized: row.length > 1 ? bits / Math.log2(row.length) : 0 };
}

/** What the numbers of a row's entropy mean, in words for the reader of the picture. */
export function entropyUnit(count: number): string {
  if (count === 1) return "entropy: a single word leaves no choice";
  const even = `even on all ${count} (${Math.log2(count).toFixed(2)} bit)`;
  return `entropy: 0 % = all on one word, 100 % = ${even}`;
}
