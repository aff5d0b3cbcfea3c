/**
 * The specification of softmax and log-sum-exp over one row, naive and in float64. A row without
 * an entry above −Infinity has weights 0 and lse −Infinity; NaN or +Infinity makes all of it NaN.
 */
export function softmaxReference(scores: readonly number[]): { weights: number[]; lse: number } {
  const maximum = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  if (maximum === -Infinity) return { weights: scores.map(() => 0), lse: -Infinity };
  const powers = scores.map((score) => Math.exp(score - maximum));
  const sum = powers.reduce((total, power) => total + power, 0);
  return { weights: powers.map((power) => power / sum), lse: maximum + Math.log(sum) };
}
