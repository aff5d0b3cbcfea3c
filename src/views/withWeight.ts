/**
 * A row in which one key has another weight: `value`, from 0 to 1. The other weights keep their proportions, and all
 * sum to 1. Where the others are all 0 and something is left, they share it evenly, those that are `allowed` only;
 * without any, the key keeps all of it.
 */
export function withWeight(
  weights: ArrayLike<number>,
  key: number,
  value: number,
  allowed: (key: number) => boolean = () => true,
): number[] {
  const set = Math.min(1, Math.max(0, value));
  const others = Array.from(weights, (weight, j) => (j === key ? 0 : weight));
  const sum = others.reduce((a, b) => a + b, 0);
  const open = others.filter((_, j) => j !== key && allowed(j)).length;
  const own = sum > 0 || open > 0 ? set : 1;
  return others.map((weight, j) => {
    if (j === key) return own;
    if (sum > 0) return (weight / sum) * (1 - own);
    return allowed(j) && open > 0 ? (1 - own) / open : 0;
  });
}
