// The softmax of tiles in SIMD lanes, in the order of portable.ts: maximum, powers, their sum in sixteen
// virtual lanes, and the merge of tile states. NaN needs nothing here: whatever a maximum makes of it,
// the sum of the row becomes NaN, and such rows are computed again by the portable code.
import { expLanes } from "../elementary/simd.as";
import { tileSize } from "../elementary/tileSize";
import { size } from "../matmul/simd.as";

/** The keys of a tile in the type of addresses, and the bytes of its scores. */
export const tileKeys: usize = tileSize;
export const tileBytes: usize = tileKeys * size;

// `max` and `min` of WebAssembly order NaN and −0, which takes x64 several instructions each; `pmax` is
// one. The sign of a maximum of zero changes nothing: only differences from it are used.
@inline
function larger(a: v128, b: v128): v128 {
  return v128.pmax<real>(a, b);
}

@inline
function reduceMaximum(x: v128): real {
  if (size == 4) {
    x = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
    x = f32x4.pmax(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2));
  } else {
    x = f64x2.pmax(x, v128.shuffle<f64>(x, x, 1, 0));
  }
  return v128.extract_lane<real>(x, 0);
}

/** `exp(score − base)` of the vector at `at`. */
@inline
function powers(at: usize, base: v128): v128 {
  return expLanes(v128.sub<real>(v128.load(at), base));
}

/**
 * Turns the 64 scores at `at` into powers of their difference from the maximum, which goes to
 * `maximum`, their sum to `sum`. Where every score is −Infinity the powers are 0.
 */
@inline
function softmaxRow(at: usize, maximum: usize, sum: usize): void {
  const end = at + tileBytes;
  let a = v128.load(at);
  let b = v128.load(at, 16);
  let c = v128.load(at, 32);
  let d = v128.load(at, 48);
  for (let p = at + 64; p < end; p += 64) {
    a = larger(a, v128.load(p));
    b = larger(b, v128.load(p, 16));
    c = larger(c, v128.load(p, 32));
    d = larger(d, v128.load(p, 48));
  }
  const m = reduceMaximum(larger(larger(a, b), larger(c, d)));
  store<real>(maximum, m);
  const base = v128.splat<real>(m == <real>-Infinity ? <real>0 : m);
  if (size == 4) {
    a = f32x4.splat(0);
    b = a;
    c = a;
    d = a;
    for (let p = at; p < end; p += 64) {
      const e = powers(p, base);
      const f = powers(p + 16, base);
      const g = powers(p + 32, base);
      const h = powers(p + 48, base);
      v128.store(p, e);
      v128.store(p, f, 16);
      v128.store(p, g, 32);
      v128.store(p, h, 48);
      a = f32x4.add(a, e);
      b = f32x4.add(b, f);
      c = f32x4.add(c, g);
      d = f32x4.add(d, h);
    }
    // Halves: lanes j and j + 8, then + 4, + 2, + 1.
    a = f32x4.add(f32x4.add(a, c), f32x4.add(b, d));
    a = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
    a = f32x4.add(a, v128.shuffle<f32>(a, a, 1, 0, 3, 2));
  } else {
    for (let p = at; p < end; p += 16) v128.store(p, powers(p, base));
    // Two of the sixteen lanes at a time, then their halves, as above.
    a = f64x2.add(laneSum(at, 0), laneSum(at, 64));
    b = f64x2.add(laneSum(at, 16), laneSum(at, 80));
    c = f64x2.add(laneSum(at, 32), laneSum(at, 96));
    d = f64x2.add(laneSum(at, 48), laneSum(at, 112));
    a = f64x2.add(f64x2.add(a, c), f64x2.add(b, d));
    a = f64x2.add(a, v128.shuffle<f64>(a, a, 1, 0));
  }
  store<real>(sum, v128.extract_lane<real>(a, 0));
}

/** Powers `lane, lane + 16, …` of two neighbouring lanes in float64, ascending. */
@inline
function laneSum(at: usize, byte: usize): v128 {
  const p = at + byte;
  let sum = f64x2.add(v128.load(p), v128.load(p, 128));
  sum = f64x2.add(sum, v128.load(p, 256));
  return f64x2.add(sum, v128.load(p, 384));
}

/** The softmax of `rows` tile rows, 64 scores apart; maxima and sums go to two arrays. */
export function softmaxRows(at: usize, rows: usize, maxima: usize, sums: usize): void {
  for (const end = at + rows * tileBytes; at < end; at += tileBytes) {
    softmaxRow(at, maxima, sums);
    maxima += size;
    sums += size;
  }
}

/**
 * Merges tile states into row states: `m`, `l` of `rows` rows (room for a multiple of four), `mt`, `lt`
 * of the tile, and the weights `keep`, `add` with which the two enter. A tile without an allowed key
 * has keep 1 and add −0, and so changes nothing, not even the sign of a zero.
 */
export function mergeStates(
  m: usize, l: usize, mt: usize, lt: usize, keep: usize, add: usize, rows: usize,
): void {
  const none = v128.splat<real>(<real>-Infinity);
  const one = v128.splat<real>(<real>1);
  const zero = v128.splat<real>(<real>-0.0);
  for (let byte: usize = 0; byte < rows * size; byte += 16) {
    const before = v128.load(m + byte);
    const tile = v128.load(mt + byte);
    const after = larger(before, tile);
    const empty = v128.eq<real>(tile, none);
    const c1 = v128.bitselect(one, expLanes(v128.sub<real>(before, after)), empty);
    const c2 = v128.bitselect(zero, expLanes(v128.sub<real>(tile, after)), empty);
    const l1 = v128.mul<real>(v128.load(l + byte), c1);
    const l2 = v128.mul<real>(v128.load(lt + byte), c2);
    v128.store(m + byte, after);
    v128.store(l + byte, v128.add<real>(l1, l2));
    v128.store(keep + byte, c1);
    v128.store(add + byte, c2);
  }
}

/**
 * Goes on with the states `m`, `l` of rows of `step` scores, a multiple of 64: tile by tile, in a copy, so
 * that the scores stay. `work` has room for a tile and sixteen numbers.
 */
export function reduceRows(at: usize, rows: usize, step: usize, m: usize, l: usize, work: usize): void {
  const mt = work + tileBytes;
  const lt = mt + 16;
  const mr = lt + 16;
  const lr = mr + 16;
  for (let row: usize = 0; row < rows; row++, m += size, l += size) {
    store<real>(mr, load<real>(m));
    store<real>(lr, load<real>(l));
    for (const end = at + step * size; at < end; at += tileBytes) {
      memory.copy(work, at, tileBytes);
      softmaxRows(work, 1, mt, lt);
      mergeStates(mr, lr, mt, lt, lr + 16, lr + 32, 1);
    }
    store<real>(m, load<real>(mr));
    store<real>(l, load<real>(lr));
  }
}

/** `exp(score − m) / l` of `count` scores in place; room up to the next multiple of 16 bytes. */
export function weigh(at: usize, count: usize, m: real, l: real): void {
  const base = v128.splat<real>(m);
  const sum = v128.splat<real>(l);
  for (const end = at + count * size; at < end; at += 16) {
    v128.store(at, v128.div<real>(powers(at, base), sum));
  }
}

/** `weigh` of rows of `step` scores, with the arrays `m` and `l`. */
export function weighRows(at: usize, rows: usize, step: usize, m: usize, l: usize): void {
  for (let row: usize = 0; row < rows; row++, at += step * size, m += size, l += size) {
    weigh(at, step, load<real>(m), load<real>(l));
  }
}
