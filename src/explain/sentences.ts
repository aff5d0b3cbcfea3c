/** Why `causal` blocks a pair; query `i` stands at key `i + offset`. */
export function causalText(i: number, j: number, offset: number): string {
  return `key ${j} comes after query ${i}${standing(i, offset)}`;
}

/** Why a window blocks a pair. */
export function windowText(
  i: number,
  j: number,
  offset: number,
  left: number,
  right: number,
): string {
  const at = i + offset;
  const [away, side, size] = j < at ? [at - j, "left", left] : [j - at, "right", right];
  const where = side === "left" ? "before" : "after";
  return `key ${j} is ${away} ${where} query ${i}${standing(i, offset)}, the window has ${size} on the ${side}`;
}

/** A number of things. */
export function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Where a query stands, if its number does not say so. */
function standing(i: number, offset: number): string {
  return offset === 0 ? "" : `, which stands at key ${i + offset}`;
}
