// Twelve independent chains of multiply-adds, as many as the SIMD ceiling has: what plain JavaScript
// can reach at most. Written out, because locals are what V8 keeps in registers.

/** `a = a·x + y` in float64, `count` times twelve. */
export function multiplyAdd64(count: number, x: number, y: number): number {
  let [a, b, c, d, e, f] = [y, 2 * y, 3 * y, 4 * y, 5 * y, 6 * y];
  let [g, h, i, j, k, l] = [7 * y, 8 * y, 9 * y, 10 * y, 11 * y, 12 * y];
  for (let n = 0; n < count; n++) {
    a = a * x + y;
    b = b * x + y;
    c = c * x + y;
    d = d * x + y;
    e = e * x + y;
    f = f * x + y;
    g = g * x + y;
    h = h * x + y;
    i = i * x + y;
    j = j * x + y;
    k = k * x + y;
    l = l * x + y;
  }
  return a + b + c + d + e + f + g + h + i + j + k + l;
}

/** The same in float32: JavaScript has to round after each operation. */
export function multiplyAdd32(count: number, x: number, y: number): number {
  let [a, b, c, d, e, f] = [y, 2 * y, 3 * y, 4 * y, 5 * y, 6 * y];
  let [g, h, i, j, k, l] = [7 * y, 8 * y, 9 * y, 10 * y, 11 * y, 12 * y];
  for (let n = 0; n < count; n++) {
    a = Math.fround(Math.fround(a * x) + y);
    b = Math.fround(Math.fround(b * x) + y);
    c = Math.fround(Math.fround(c * x) + y);
    d = Math.fround(Math.fround(d * x) + y);
    e = Math.fround(Math.fround(e * x) + y);
    f = Math.fround(Math.fround(f * x) + y);
    g = Math.fround(Math.fround(g * x) + y);
    h = Math.fround(Math.fround(h * x) + y);
    i = Math.fround(Math.fround(i * x) + y);
    j = Math.fround(Math.fround(j * x) + y);
    k = Math.fround(Math.fround(k * x) + y);
    l = Math.fround(Math.fround(l * x) + y);
  }
  return a + b + c + d + e + f + g + h + i + j + k + l;
}
