import { exactDot, fromFixed, toFixed } from "./exact.js";
import type { Align, Problem, Sizes } from "./problem.js";
import { sizesOf } from "./problem.js";
import { readPairs } from "./readPairs.js";

/**
 * Attention written down from its definition alone, one query row after the other, in float64:
 * what the tests compare with. It shares no code with the library.
 */
export interface OracleResult {
  /** 1 where the masks let query `i` see key `j`; `[B, H, L, S]` like the next five. */
  readonly visible: Uint8Array;
  readonly scores: Float64Array;
  readonly capped: Float64Array;
  readonly biased: Float64Array;
  readonly masked: Float64Array;
  readonly weights: Float64Array;
  /** `[B, H, L, E]`. */
  readonly output: Float64Array;
  /** `[B, H, L]`. */
  readonly lse: Float64Array;
}

export function oracle(problem: Problem): OracleResult {
  const sizes = sizesOf(problem);
  const { B, H, Hkv, L, S, D, E } = sizes;
  const visible = visibility(problem);
  const bias = readPairs(problem, problem.bias, 0);
  const scale = scaleOf(problem);
  const pairs = B * H * L * S;
  const result: OracleResult = {
    visible,
    scores: new Float64Array(pairs),
    capped: new Float64Array(pairs),
    biased: new Float64Array(pairs),
    masked: new Float64Array(pairs),
    weights: new Float64Array(pairs),
    output: new Float64Array(B * H * L * E),
    lse: new Float64Array(B * H * L),
  };
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const kv = b * Hkv + Math.floor((h * Hkv) / H);
      for (let i = 0; i < L; i++) {
        const row = (b * H + h) * L + i;
        const query = Array.from(problem.query.data.subarray(row * D, (row + 1) * D));
        const keyAt = (j: number): number[] => {
          const at = (kv * S + j) * D;
          return Array.from(problem.key.data.subarray(at, at + D));
        };
        const valueAt = (j: number, e: number): number => problem.value.data[(kv * S + j) * E + e];
        const written = problem.queryLengths === undefined || i < problem.queryLengths[b];
        attendRow(problem, result, row, S, E, query, keyAt, valueAt, (j) => bias(b, h, i, j), {
          scale,
          sink: problem.sinks?.[h] ?? -Infinity,
          written,
        });
      }
    }
  }
  return result;
}

function attendRow(
  problem: Problem,
  result: OracleResult,
  row: number,
  S: number,
  E: number,
  query: number[],
  keyAt: (j: number) => number[],
  valueAt: (j: number, e: number) => number,
  biasAt: (j: number) => number,
  { scale, sink, written }: { scale: number; sink: number; written: boolean },
): void {
  const cap = problem.softcap;
  const stages: ("scores" | "capped" | "biased")[] = ["scores", "capped", "biased"];
  // A score is exact fixed point where float64 overflowed on finite numbers, else a float64 number.
  const logits: (number | bigint)[] = [];
  for (let j = 0; j < S; j++) {
    const key = keyAt(j);
    let raw: number | bigint = query.reduce((sum, q, d) => sum + q * scale * key[d], 0);
    if (!Number.isFinite(raw) && [...query, ...key].every(Number.isFinite)) {
      raw = exactDot(query, key, scale);
      if (Number.isFinite(fromFixed(raw))) raw = fromFixed(raw);
    }
    const capped = cap === undefined ? raw : cap * Math.tanh(toNumber(raw) / cap);
    const biased = plus(capped, biasAt(j));
    [raw, capped, biased].forEach((stage, n) => (result[stages[n]][row * S + j] = toNumber(stage)));
    const allowed = result.visible[row * S + j] === 1;
    result.masked[row * S + j] = allowed ? toNumber(biased) : -Infinity;
    logits.push(allowed ? biased : -Infinity);
  }
  if (!written) {
    result.lse[row] = -Infinity;
    return;
  }
  const spoilt = [...logits, sink].some((s) => typeof s === "number" && !(s < Infinity));
  const alive = logits.map((s) => s !== -Infinity);
  const empty = !alive.includes(true) && sink === -Infinity;
  if (spoilt || (empty && problem.emptyRow === "nan")) {
    result.weights.fill(NaN, row * S, (row + 1) * S);
    result.output.fill(NaN, row * E, (row + 1) * E);
    result.lse[row] = spoilt ? NaN : -Infinity;
    return;
  }
  const all = [...logits, sink];
  const top = all.reduce((a, b) => (difference(b, a) > 0 ? b : a), -Infinity);
  const powers = all.map((s) => (s === -Infinity ? 0 : Math.exp(difference(s, top))));
  const total = powers.reduce((a, b) => a + b, 0);
  result.lse[row] = top === -Infinity ? -Infinity : toNumber(top) + Math.log(total);
  for (let j = 0; j < S; j++) {
    if (!alive[j]) continue;
    const weight = powers[j] / total;
    result.weights[row * S + j] = weight;
    for (let e = 0; e < E; e++) result.output[row * E + e] += weight * valueAt(j, e);
  }
}

function toNumber(x: number | bigint): number {
  return typeof x === "bigint" ? fromFixed(x) : x;
}

function plus(x: number | bigint, y: number): number | bigint {
  if (y === 0) return x;
  if (typeof x === "bigint" && Number.isFinite(y)) return x + toFixed(y);
  return toNumber(x) + y;
}

function difference(x: number | bigint, y: number | bigint): number {
  if (typeof x === "number" && typeof y === "number") return x === y ? 0 : x - y;
  if (x === -Infinity || y === -Infinity) return x === y ? 0 : x === -Infinity ? x : Infinity;
  const fixed = (z: number | bigint): bigint => (typeof z === "bigint" ? z : toFixed(z));
  return fromFixed(fixed(x) - fixed(y));
}

/** The scale as the library rounds it: the default is 1/√D in the precision of the inputs. */
export function scaleOf(problem: Problem): number {
  if (problem.scale !== undefined) return problem.scale;
  const scale = 1 / Math.sqrt(sizesOf(problem).D);
  return problem.dtype === "float32" ? Math.fround(scale) : scale;
}

/** Which pairs the masks leave, all options taken together; `[B, H, L, S]`. */
export function visibility(problem: Problem): Uint8Array {
  const sizes = sizesOf(problem);
  const { B, H, L, S } = sizes;
  const allow = readPairs(problem, problem.allow, 1);
  const block = readPairs(problem, problem.block, 0);
  const bias = readPairs(problem, problem.bias, 0);
  const { causal, window, keyLengths, queryLengths, segments } = problem;
  const visible = new Uint8Array(B * H * L * S);
  for (let b = 0, at = 0; b < B; b++) {
    const causalAlign = causal === true ? "topLeft" : causal;
    const offset = offsetOf(problem, sizes, causalAlign ?? "topLeft", b);
    const center = causalAlign ? offset : offsetOf(problem, sizes, window?.align ?? "topLeft", b);
    const { left = Infinity, right = Infinity } = window ?? {};
    for (let h = 0; h < H; h++) {
      for (let i = 0; i < L; i++) {
        for (let j = 0; j < S; j++, at++) {
          const sees =
            (!keyLengths || j < keyLengths[b]) &&
            (!queryLengths || i < queryLengths[b]) &&
            (causal === undefined || j <= i + offset) &&
            (!window || (j >= i + center - left && j <= i + center + right)) &&
            (!segments || segments.query[i] === segments.key[j]) &&
            allow(b, h, i, j) === 1 &&
            block(b, h, i, j) === 0 &&
            bias(b, h, i, j) !== -Infinity;
          visible[at] = sees ? 1 : 0;
        }
      }
    }
  }
  return visible;
}

/** Where query 0 stands among the keys. */
export function offsetOf(problem: Problem, { L, S }: Sizes, align: Align, b: number): number {
  if (align === "topLeft") return 0;
  if (align === "bottomRight") {
    return (problem.keyLengths?.[b] ?? S) - (problem.queryLengths?.[b] ?? L);
  }
  return typeof align.offset === "number" ? align.offset : align.offset[b];
}
