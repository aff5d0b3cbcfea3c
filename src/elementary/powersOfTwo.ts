/** 2ⁿ for −538 ≤ n ≤ 512, at index n + 538; the product of two of them reaches every double. */
export const powersOfTwo = /* @__PURE__ */ tabulatePowersOfTwo();

/** Index of 2⁰ in `powersOfTwo`. */
export const zeroPower = 538;

/** Doubling and halving are exact, so the table has the same bits on every engine. */
function tabulatePowersOfTwo(): Float64Array {
  const table = new Float64Array(1051);
  for (let i = 538, power = 1; i < 1051; i++, power *= 2) table[i] = power;
  for (let i = 538, power = 1; i >= 0; i--, power /= 2) table[i] = power;
  return table;
}
