/** 0.3885 → "39", or with one decimal "38.9". The unit is left to the caller. */
export function percent(weight: number, decimals = 0): string {
  return (100 * weight).toFixed(decimals);
}
