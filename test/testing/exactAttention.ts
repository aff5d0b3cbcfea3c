import { exactly } from "../elementary/oracle.js";
import { keyMatrixOf, visiblePairs, type Problem } from "../../src/testing/problem.js";

// Attention in fixed point with 256 binary places, 77 decimal ones: what float64 is measured against.

const P = 256n;
const one = 1n << P;

/** A finite float64 number, exactly where it is no smaller than 2⁻²⁵⁶. */
export function toFixed(x: number): bigint {
  const { mantissa, exponent } = exactly(x);
  const places = BigInt(exponent) + P;
  return places >= 0n ? mantissa << places : mantissa >> -places;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> P;
const over = (a: bigint, b: bigint): bigint => (a << P) / b;

/** eˣ for x ≤ 0: the series of x/2²⁰, and twenty squarings. */
function exp(x: bigint): bigint {
  if (x < -1000n * one) return 0n;
  const guard = 64n;
  const Q = P + guard;
  const r = (x << guard) >> 20n;
  let term = 1n << Q;
  let sum = term;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = ((term * r) >> Q) / k;
    sum += term;
  }
  for (let i = 0; i < 20; i++) sum = (sum * sum) >> Q;
  return sum >> guard;
}

/** ln x for x ≥ 1, by Newton's steps on `exp(−y)·x = 1`. */
function log(x: bigint): bigint {
  let y = toFixed(Math.log(Number(x >> (P - 40n)) / 2 ** 40));
  for (let i = 0; i < 4; i++) y += times(x, exp(-y)) - one;
  return y;
}

function tanh(x: bigint): bigint {
  const decay = exp(x < 0n ? 2n * x : -2n * x);
  const size = over(one - decay, one + decay);
  return x < 0n ? -size : size;
}

/** 1/√D. */
function inverseRoot(D: number): bigint {
  const target = (one * one) / BigInt(D);
  let root = toFixed(1 / Math.sqrt(D));
  for (let i = 0; i < 6; i++) root = (root + target / root) / 2n;
  return root;
}

export interface ExactResult {
  readonly output: bigint[];
  readonly weights: bigint[];
  /** Undefined in rows that see nothing. */
  readonly lse: (bigint | undefined)[];
}

export function exactAttention(problem: Problem): ExactResult {
  const { B, H, L, S, D, E, query, key, value, softcap, bias, sinks } = problem;
  const visible = visiblePairs(problem);
  const scale = problem.scale === undefined ? inverseRoot(D) : toFixed(problem.scale);
  const result: ExactResult = { output: [], weights: [], lse: [] };
  for (let row = 0; row < B * H * L; row++) {
    const kv = keyMatrixOf(problem, row) * S;
    const scores = Array.from({ length: S }, (_, j) => {
      let dot = 0n;
      for (let d = 0; d < D; d++) {
        dot += toFixed(query[row * D + d]) * toFixed(key[(kv + j) * D + d]);
      }
      let score = (dot * scale) >> (2n * P);
      if (softcap !== undefined) {
        score = times(toFixed(softcap), tanh(over(score, toFixed(softcap))));
      }
      const sees = visible[row * S + j] === 1;
      return sees ? score + (bias ? toFixed(bias[row * S + j]) : 0n) : undefined;
    });
    const sink = sinks && toFixed(sinks[Math.floor(row / L) % H]);
    const seen = [...scores, sink].filter((score) => score !== undefined);
    const top = seen.reduce((a, b) => (b > a ? b : a), seen[0]);
    const powers = scores.map((score) => (score === undefined ? 0n : exp(score - top)));
    const sum = powers.reduce((a, p) => a + p, sink === undefined ? 0n : exp(sink - top));
    result.lse.push(seen.length === 0 ? undefined : top + log(sum));
    powers.forEach((p) => result.weights.push(sum === 0n ? 0n : over(p, sum)));
    for (let e = 0; e < E; e++) {
      const total = powers.reduce((a, p, j) => a + p * toFixed(value[(kv + j) * E + e]), 0n);
      result.output.push(sum === 0n ? 0n : total / sum);
    }
  }
  return result;
}

/** |x − exact|, to 53 bits. */
export function distance(x: number, exact: bigint): number {
  const difference = toFixed(x) - exact;
  const size = difference < 0n ? -difference : difference;
  const excess = size.toString(2).length - 60;
  if (excess <= 0) return Number(size) / 2 ** Number(P);
  return (Number(size >> BigInt(excess)) * 2 ** excess) / 2 ** Number(P);
}
