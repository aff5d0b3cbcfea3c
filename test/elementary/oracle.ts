/**
 * Elementary functions to more than 250 significant bits, in BigInt fixed point.
 *
 * A fixed-point number is an integer X with an implied factor 2^−P. P grows with the smallness of
 * the argument, so that tiny results keep their significant bits.
 */

/** The real number mantissa·2^exponent. */
export interface Exact {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const guard = 320;

const view = new DataView(new ArrayBuffer(8));

/** A finite float64 as it is: mantissa·2^exponent with an integer mantissa. */
export function exactly(x: number): Exact {
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const field = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const size = field === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: word >> 63n ? -size : size, exponent: Math.max(field, 1) - 1075 };
}

export function exp(x: number): Exact {
  const P = precisionFor(x);
  return expFixed(toFixed(exactly(x), P), P);
}

export function log(x: number): Exact {
  const P = guard + 80;
  // x = 2ᵏ·m with m in [¾, 1½), so that log x does not cancel near x = 1.
  const { mantissa, exponent } = exactly(x);
  let k = bitLength(mantissa) + exponent;
  let m = shift(mantissa, P - bitLength(mantissa));
  if (m < 3n << BigInt(P - 2)) {
    m *= 2n;
    k -= 1;
  }
  const one = 1n << BigInt(P);
  const series = atanhFixed(m - one, m + one, P);
  return { mantissa: BigInt(k) * ln2(P) + 2n * series, exponent: -P };
}

export function tanh(x: number): Exact {
  // 1 − |tanh x| is below 2⁻³²⁰ from here on.
  if (Math.abs(x) > 112) return { mantissa: BigInt(Math.sign(x)), exponent: 0 };
  const P = precisionFor(x);
  const { mantissa, exponent } = exactly(x);
  const size = toFixed({ mantissa: abs(mantissa), exponent }, P);
  const t = expFixed(-2n * size, P);
  const decay = shift(t.mantissa, t.exponent + P);
  const one = 1n << BigInt(P);
  const result = ((one - decay) << BigInt(P)) / (one + decay);
  return { mantissa: x < 0 ? -result : result, exponent: -P };
}

export function sin(x: number): Exact {
  return circular(x, 0);
}

export function cos(x: number): Exact {
  return circular(x, 1);
}

/** sin(x + quarterTurns·π/2). */
function circular(x: number, quarterTurns: number): Exact {
  const P = precisionFor(x);
  // The quotient has up to 1024 bits; π/2 needs as many more than the remainder keeps.
  const long = P + 1100;
  const X = toFixed(exactly(x), long);
  const halfPi = pi(long) >> 1n;
  const n = (2n * X + halfPi) / (2n * halfPi) - (2n * X + halfPi < 0n ? 1n : 0n);
  const r = (X - n * halfPi) >> 1100n;
  const quadrant = Number(((n % 4n) + 4n + BigInt(quarterTurns)) % 4n);
  const size = quadrant & 1 ? cosFixed(r, P) : sinFixed(r, P);
  return { mantissa: quadrant & 2 ? -size : size, exponent: -P };
}

/** Distance of a finite y from the exact value, in units in the last place of the exact value. */
export function ulpError(y: number, exact: Exact, dtype: "float32" | "float64"): number {
  const [digits, smallest] = dtype === "float32" ? [24, -149] : [53, -1074];
  const ulp =
    exact.mantissa === 0n
      ? smallest
      : Math.max(bitLength(exact.mantissa) + exact.exponent - digits, smallest);
  const own = exactly(y);
  const low = Math.min(own.exponent, exact.exponent, ulp);
  const difference = abs(
    shift(own.mantissa, own.exponent - low) - shift(exact.mantissa, exact.exponent - low),
  );
  // 30 bits after the point are plenty for a ratio.
  return Number(shift(difference, low - ulp + 30)) / 2 ** 30;
}

/** Decimal digits after the point, cut off: for comparison with published digits. */
export function decimals(exact: Exact, digits: number): string {
  const scaled = shift(abs(exact.mantissa) * 10n ** BigInt(digits), exact.exponent);
  const text = scaled.toString().padStart(digits + 1, "0");
  const sign = exact.mantissa < 0n ? "-" : "";
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Archimedes' constant by Machin's formula, π = 16 atan(1/5) − 4 atan(1/239). */
export const pi = cached((P) => {
  const Q = P + 16;
  return (16n * atanOfInverse(5n, Q) - 4n * atanOfInverse(239n, Q)) >> 16n;
});

/** ln 2 = 2 atanh(1/3). */
export const ln2 = cached((P) => (2n * atanhFixed(1n, 3n, P + 16)) >> 16n);

/** eˣ = 2ⁿ·e^r; e^r by the Taylor series of r/2¹⁶ and sixteen squarings. */
function expFixed(X: bigint, P: number): Exact {
  const Q = P + 64;
  const wide = X << 64n;
  const n = wide / ln2(Q) - (wide < 0n ? 1n : 0n);
  const r = (wide - n * ln2(Q)) >> 16n;
  let term = 1n << BigInt(Q);
  let sum = term;
  for (let k = 1n; term !== 0n; k++) {
    term = ((term * r) >> BigInt(Q)) / k;
    sum += term;
  }
  for (let i = 0; i < 16; i++) sum = (sum * sum) >> BigInt(Q);
  return { mantissa: sum, exponent: Number(n) - Q };
}

function sinFixed(r: bigint, P: number): bigint {
  return alternating(r, r, 1n, P);
}

function cosFixed(r: bigint, P: number): bigint {
  return alternating(1n << BigInt(P), r, 0n, P);
}

/** first − first·r²/((k+1)(k+2)) + …, the Taylor series of sine (k = 1) and cosine (k = 0). */
function alternating(first: bigint, r: bigint, k: bigint, P: number): bigint {
  const square = (r * r) >> BigInt(P);
  let term = first;
  let sum = 0n;
  for (; term !== 0n; k += 2n) {
    sum += term;
    term = -((term * square) >> BigInt(P)) / ((k + 1n) * (k + 2n));
  }
  return sum;
}

/** atanh(a/b) for |a/b| ≤ ⅓. */
function atanhFixed(a: bigint, b: bigint, P: number): bigint {
  let power = (a << BigInt(P)) / b;
  const square = (power * power) >> BigInt(P);
  let sum = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> BigInt(P);
  }
  return sum;
}

function atanOfInverse(b: bigint, P: number): bigint {
  let power = (1n << BigInt(P)) / b;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += (k & 2n ? -power : power) / k;
    power /= b * b;
  }
  return sum;
}

/** Fraction bits: 320 significant ones for results as small as x² (and as x, and as 1). */
function precisionFor(x: number): number {
  const { mantissa, exponent } = exactly(x);
  return guard + 2 * Math.max(0, -(bitLength(mantissa) + exponent));
}

function toFixed(exact: Exact, P: number): bigint {
  return shift(exact.mantissa, exact.exponent + P);
}

/** X·2^places, rounded towards −∞. */
function shift(X: bigint, places: number): bigint {
  return places >= 0 ? X << BigInt(places) : X >> BigInt(-places);
}

function abs(X: bigint): bigint {
  return X < 0n ? -X : X;
}

function bitLength(X: bigint): number {
  const hex = abs(X).toString(16);
  return X === 0n ? 0 : 4 * (hex.length - 1) + (32 - Math.clz32(parseInt(hex[0] ?? "0", 16)));
}

function cached(compute: (P: number) => bigint): (P: number) => bigint {
  const known = new Map<number, bigint>();
  return (P) => {
    let value = known.get(P);
    if (value === undefined) known.set(P, (value = compute(P)));
    return value;
  };
}
