/** What the numbers of a row's entropy mean, in words for the reader of the picture. */
export function entropyUnit(count: number): string {
  if (count === 1) return "entropy: a single word leaves no choice";
  const even = `even on all ${count} (${Math.log2(count).toFixed(2)} bit)`;
  return `entropy: 0 % = all on one word, 100 % = ${even}`;
}
