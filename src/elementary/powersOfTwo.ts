/** Index of 2⁰ in `powersOfTwo`. */
export const zeroPower = 538;

/** 2ⁿ at index n + 538 for −538 ≤ n ≤ 512; the product of two of them reaches every float64. */
export const powersOfTwo = /* @__PURE__ */ tabulatePowersOfTwo();

/** Doubling and halving are exact, so the table has the same bits on every engine. */
function tabulatePowersOfTwo(): Float64Array {
  const table = new Float64Array(zeroPower + 513);
  for (let i = zeroPower, power = 1; i < table.length; i++, power *= 2) table[i] = power;
  for (let i = zeroPower, power = 1; i >= 0; i--, power /= 2) table[i] = power;
  return table;
}
