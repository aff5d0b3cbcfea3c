// The softmax of tiles in SIMD lanes, in the order of portable.ts: maximum, powers, their sum in sixteen
// virtual lanes, and the merge of tile states. NaN needs no care here: whatever a maximum makes of it,
// the sum of the row becomes NaN, and such rows are computed again by the portable code.
import { expLanes } from "../elementary/simd.as";
import { tileSize } from "../elementary/tileSize";

/** The size of a tile in the type of addresses. */
export const tileKeys: usize = tileSize;

// `max` and `min` of WebAssembly order NaN and −0, which takes x64 several instructions each; `pmax` is
// one. The sign of a maximum of zero changes nothing: only differences from it are used.
@inline
function larger<T>(a: v128, b: v128): v128 {
  return v128.pmax<T>(a, b);
}

@inline
function reduceMaximum<T>(x: v128): T {
  if (sizeof<T>() == 4) {
    x = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
    x = f32x4.pmax(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2));
    return v128.extract_lane<T>(x, 0);
  }
  x = f64x2.pmax(x, v128.shuffle<f64>(x, x, 1, 0));
  return v128.extract_lane<T>(x, 0);
}

/**
 * Turns the 64 scores at `at` into powers of their difference from the maximum, which goes to
 * `maximum`, their sum to `sum`. Where every score is −Infinity the powers are 0.
 */
@inline
function softmaxRow<T>(at: usize, maximum: usize, sum: usize): void {
  const width = sizeof<T>() * 16; // sixteen lanes
  const end = at + 4 * width;
  let a = v128.load(at);
  let b = v128.load(at, 16);
  let c = v128.load(at, 32);
  let d = v128.load(at, 48);
  for (let p = at + 64; p < end; p += 64) {
    a = larger<T>(a, v128.load(p));
    b = larger<T>(b, v128.load(p, 16));
    c = larger<T>(c, v128.load(p, 32));
    d = larger<T>(d, v128.load(p, 48));
  }
  const m = reduceMaximum<T>(larger<T>(larger<T>(a, b), larger<T>(c, d)));
  store<T>(maximum, m);
  const base = v128.splat<T>(m == <T>-Infinity ? <T>0 : m);
  if (sizeof<T>() == 4) {
    a = f32x4.splat(0);
    b = a;
    c = a;
    d = a;
    for (let p = at; p < end; p += 64) {
      const e = expLanes<T>(v128.sub<T>(v128.load(p), base));
      const f = expLanes<T>(v128.sub<T>(v128.load(p, 16), base));
      const g = expLanes<T>(v128.sub<T>(v128.load(p, 32), base));
      const h = expLanes<T>(v128.sub<T>(v128.load(p, 48), base));
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
    store<T>(sum, v128.extract_lane<T>(a, 0));
  } else {
    for (let p = at; p < end; p += 16) {
      v128.store(p, expLanes<T>(v128.sub<T>(v128.load(p), base)));
    }
    let total = f64x2.splat(0);
    // Two of the sixteen lanes at a time, then their halves, as above.
    a = f64x2.add(laneSum(at, 0), laneSum(at, 64));
    b = f64x2.add(laneSum(at, 16), laneSum(at, 80));
    c = f64x2.add(laneSum(at, 32), laneSum(at, 96));
    d = f64x2.add(laneSum(at, 48), laneSum(at, 112));
    total = f64x2.add(f64x2.add(a, c), f64x2.add(b, d));
    total = f64x2.add(total, v128.shuffle<f64>(total, total, 1, 0));
    store<T>(sum, v128.extract_lane<T>(total, 0));
  }
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
export function softmaxRows32(at: usize, rows: usize, maxima: usize, sums: usize): void {
  for (const end = at + rows * tileKeys * 4; at < end; at += tileKeys * 4) {
    softmaxRow<f32>(at, maxima, sums);
    maxima += 4;
    sums += 4;
  }
}

export function softmaxRows64(at: usize, rows: usize, maxima: usize, sums: usize): void {
  for (const end = at + rows * tileKeys * 8; at < end; at += tileKeys * 8) {
    softmaxRow<f64>(at, maxima, sums);
    maxima += 8;
    sums += 8;
  }
}

/**
 * Merges tile states into row states: `m`, `l` of `rows` rows (room for a multiple of four), `mt`, `lt`
 * of the tile, and the weights `keep`, `add` with which the two enter. A tile without an allowed key
 * has keep 1 and add −0, and so changes nothing, not even the sign of a zero.
 */
@inline
function mergeStates<T>(
  m: usize,
  l: usize,
  mt: usize,
  lt: usize,
  keep: usize,
  add: usize,
  rows: usize,
): void {
  const none = v128.splat<T>(<T>-Infinity);
  for (let byte: usize = 0; byte < rows * sizeof<T>(); byte += 16) {
    const before = v128.load(m + byte);
    const tile = v128.load(mt + byte);
    const empty = v128.eq<T>(tile, none);
    const after = larger<T>(before, tile);
    const c1 = v128.bitselect(
      v128.splat<T>(<T>1),
      expLanes<T>(v128.sub<T>(before, after)),
      empty,
    );
    const c2 = v128.bitselect(
      v128.splat<T>(<T>-0.0),
      expLanes<T>(v128.sub<T>(tile, after)),
      empty,
    );
    const total = v128.add<T>(
      v128.mul<T>(v128.load(l + byte), c1),
      v128.mul<T>(v128.load(lt + byte), c2),
    );
    v128.store(m + byte, after);
    v128.store(l + byte, total);
    v128.store(keep + byte, c1);
    v128.store(add + byte, c2);
  }
}

export function mergeStates32(
  m: usize,
  l: usize,
  mt: usize,
  lt: usize,
  keep: usize,
  add: usize,
  rows: usize,
): void {
  mergeStates<f32>(m, l, mt, lt, keep, add, rows);
}

export function mergeStates64(
  m: usize,
  l: usize,
  mt: usize,
  lt: usize,
  keep: usize,
  add: usize,
  rows: usize,
): void {
  mergeStates<f64>(m, l, mt, lt, keep, add, rows);
}

/** `exp(score − m) / l` of `count` scores in place; room up to the next multiple of 16 bytes. */
@inline
function weigh<T>(at: usize, count: usize, m: T, l: T): void {
  const base = v128.splat<T>(m);
  const sum = v128.splat<T>(l);
  for (const end = at + count * sizeof<T>(); at < end; at += 16) {
    v128.store(at, v128.div<T>(expLanes<T>(v128.sub<T>(v128.load(at), base)), sum));
  }
}

export function weigh32(at: usize, count: usize, m: f32, l: f32): void {
  weigh<f32>(at, count, m, l);
}

export function weigh64(at: usize, count: usize, m: f64, l: f64): void {
  weigh<f64>(at, count, m, l);
}

/**
 * Goes on with the states `m`, `l` of rows of `step` scores, a multiple of 64: tile by tile, in a copy, so
 * that the scores stay. `work` has room for a tile and sixteen numbers.
 */
@inline
function reduceRow<T>(at: usize, step: usize, m: usize, l: usize, work: usize): void {
  const size = sizeof<T>();
  const tile = tileKeys * size;
  const mt = work + tile;
  const lt = mt + 16;
  const ml = lt + 16;
  store<T>(ml, load<T>(m));
  store<T>(ml + 16, load<T>(l));
  for (const end = at + step * size; at < end; at += tile) {
    memory.copy(work, at, tile);
    if (sizeof<T>() == 4) {
      softmaxRows32(work, 1, mt, lt);
      mergeStates32(ml, ml + 16, mt, lt, ml + 32, ml + 48, 1);
    } else {
      softmaxRows64(work, 1, mt, lt);
      mergeStates64(ml, ml + 16, mt, lt, ml + 32, ml + 48, 1);
    }
  }
  store<T>(m, load<T>(ml));
  store<T>(l, load<T>(ml + 16));
}

export function reduceRows32(
  at: usize,
  rows: usize,
  step: usize,
  m: usize,
  l: usize,
  work: usize,
): void {
  for (let row: usize = 0; row < rows; row++) {
    reduceRow<f32>(at + row * step * 4, step, m + row * 4, l + row * 4, work);
  }
}

export function reduceRows64(
  at: usize,
  rows: usize,
  step: usize,
  m: usize,
  l: usize,
  work: usize,
): void {
  for (let row: usize = 0; row < rows; row++) {
    reduceRow<f64>(at + row * step * 8, step, m + row * 8, l + row * 8, work);
  }
}

export function weighRows32(at: usize, rows: usize, step: usize, m: usize, l: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    weigh<f32>(at + row * step * 4, step, load<f32>(m + row * 4), load<f32>(l + row * 4));
  }
}

export function weighRows64(at: usize, rows: usize, step: usize, m: usize, l: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    weigh<f64>(at + row * step * 8, step, load<f64>(m + row * 8), load<f64>(l + row * 8));
  }
}
