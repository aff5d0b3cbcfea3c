// Attention over tiles of 64 keys in SIMD lanes: the numbered passes of portable.ts for a block of up to 64
// query rows at once. Keys are packed in panels of eight keys, the values of a tile and the outputs of a
// block in panels of eight columns: row-major, their rows are a power of two apart, fall on few lines of
// the first cache, and cost 8 to 15 % there. Scores of a block lie row by row, 64 apart.
//
// Rows that need care (overflow, values that are not finite) are only marked here; the portable code
// computes them again.
import { tanhLanes } from "../elementary/simd.as";
import { blockRows } from "../elementary/tileSize";
import { block32, block64, panelColumns, product32, product64 } from "../matmul/simd.as";
import {
  mergeStates32,
  mergeStates64,
  softmaxRows32,
  softmaxRows64,
  tileKeys,
} from "../softmax/simd.as";

// The work area of a block: scores, then arrays of one number a row.
@inline
function rowArray<T>(work: usize, index: usize): usize {
  return work + blockRows * (tileKeys + index) * sizeof<T>();
}

@inline
function step<T>(sum: v128, x: v128, y: v128): v128 {
  return v128.add<T>(sum, v128.mul<T>(x, y));
}

/**
 * Scores of one row. Panel after panel and not several at once: keys that are read in the order in which
 * they lie stream at 87 to 93 % of a plain read, two panels side by side at 40 to 55 %.
 */
@inline
function scoreRow<T>(q: usize, k: usize, s: usize, d: usize, panels: usize): void {
  const size = sizeof<T>();
  const panelRow = panelColumns * size;
  const end = q + d * size;
  for (const last = s + panels * panelRow; s < last; s += panelRow) {
    let c0 = i32x4.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    for (let x = q; x < end; x += size, k += panelRow) {
      const y = v128.load_splat<T>(x);
      c0 = step<T>(c0, y, v128.load(k));
      c1 = step<T>(c1, y, v128.load(k, 16));
      if (sizeof<T>() == 8) {
        c2 = step<T>(c2, y, v128.load(k, 32));
        c3 = step<T>(c3, y, v128.load(k, 48));
      }
    }
    v128.store(s, c0);
    v128.store(s, c1, 16);
    if (sizeof<T>() == 8) {
      v128.store(s, c2, 32);
      v128.store(s, c3, 48);
    }
  }
}

export function scoreRow32(q: usize, k: usize, s: usize, d: usize, panels: usize): void {
  scoreRow<f32>(q, k, s, d, panels);
}

export function scoreRow64(q: usize, k: usize, s: usize, d: usize, panels: usize): void {
  scoreRow<f64>(q, k, s, d, panels);
}

/**
 * For each group of four rows, how many keys of the tile there are up to the last one that any of its
 * rows may see: under a causal mask half of the tile on the diagonal is neither scored nor summed.
 */
export function groupEnds(mask: usize, rows: usize, ends: usize): void {
  for (let row: usize = 0; row < rows; row += 4) {
    const last = min(row + 4, rows);
    let end: u32 = 0;
    for (let part: u32 = 48; ; part -= 16) {
      let any = i32x4.splat(0);
      for (let r = row; r < last; r++) any = v128.or(any, v128.load(mask + r * tileKeys + part));
      if (v128.any_true(any)) {
        // Bytes are 0 or 1.
        end = part + 32 - clz<i32>(i8x16.bitmask(i8x16.ne(any, i8x16.splat(0))));
        break;
      }
      if (part == 0) break;
    }
    store<u32>(ends + row, end);
  }
}

/**
 * Raw scores of a block and one tile of `count` keys; with `ends`, up to those of each group. One row
 * alone is not packed in a group.
 */
export function scoreTile32(
  work: usize,
  q: usize,
  rows: usize,
  d: usize,
  k: usize,
  count: usize,
  ends: usize,
): void {
  const panels = (count + 7) >> 3;
  if (rows == 1) scoreRow32(q, k, work, d, panels);
  else if (ends == 0) product32(q, k, work, tileKeys * 4, 32, (rows + 3) >> 2, panels, d, false);
  else {
    for (let panel: usize = 0; panel < panels; panel++) {
      const keys = k + panel * panelColumns * d * 4;
      for (let row: usize = 0; row < rows; row += 4) {
        if (load<u32>(ends + row) <= panel * panelColumns) continue;
        const to = work + (row * tileKeys + panel * panelColumns) * 4;
        block32(q + row * d * 4, keys, to, tileKeys * 4, d, false);
      }
    }
  }
}

export function scoreTile64(
  work: usize,
  q: usize,
  rows: usize,
  d: usize,
  k: usize,
  count: usize,
  ends: usize,
): void {
  const panels = (count + 7) >> 3;
  if (rows == 1) scoreRow64(q, k, work, d, panels);
  else if (ends == 0) product64(q, k, work, tileKeys * 8, 64, (rows + 3) >> 2, panels, d, false);
  else {
    for (let panel: usize = 0; panel < panels; panel++) {
      const keys = k + panel * panelColumns * d * 8;
      for (let row: usize = 0; row < rows; row += 4) {
        if (load<u32>(ends + row) <= panel * panelColumns) continue;
        const to = work + (row * tileKeys + panel * panelColumns) * 8;
        block64(q + row * d * 8, keys, to, tileKeys * 8, d, false);
      }
    }
  }
}

/** Marks the rows in which an allowed raw score is not finite; without `mask` all are allowed. */
@inline
function checkTile<T>(work: usize, rows: usize, count: usize, mask: usize, flags: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    for (let j: usize = 0; j < count; j++) {
      const score = load<T>(work + (row * tileKeys + j) * sizeof<T>());
      if (isFinite<T>(score)) continue;
      if (mask == 0 || load<u8>(mask + row * tileKeys + j) != 0) store<u8>(flags + row, 1);
    }
  }
}

export function checkTile32(
  work: usize,
  rows: usize,
  count: usize,
  mask: usize,
  flags: usize,
): void {
  checkTile<f32>(work, rows, count, mask, flags);
}

export function checkTile64(
  work: usize,
  rows: usize,
  count: usize,
  mask: usize,
  flags: usize,
): void {
  checkTile<f64>(work, rows, count, mask, flags);
}

/** `c·tanh(s / c)` of a block of scores. */
@inline
function capTile<T>(work: usize, rows: usize, cap: T): void {
  const c = v128.splat<T>(cap);
  for (const end = work + rows * tileKeys * sizeof<T>(); work < end; work += 16) {
    v128.store(work, v128.mul<T>(c, tanhLanes<T>(v128.div<T>(v128.load(work), c))));
  }
}

export function capTile32(work: usize, rows: usize, cap: f32): void {
  capTile<f32>(work, rows, cap);
}

export function capTile64(work: usize, rows: usize, cap: f64): void {
  capTile<f64>(work, rows, cap);
}

/** Adds a bias of the same layout to a block of scores. */
@inline
function addTile<T>(work: usize, rows: usize, bias: usize): void {
  const bytes = rows * tileKeys * sizeof<T>();
  for (let byte: usize = 0; byte < bytes; byte += 16) {
    v128.store(work + byte, v128.add<T>(v128.load(work + byte), v128.load(bias + byte)));
  }
}

export function addTile32(work: usize, rows: usize, bias: usize): void {
  addTile<f32>(work, rows, bias);
}

export function addTile64(work: usize, rows: usize, bias: usize): void {
  addTile<f64>(work, rows, bias);
}

/** Stores −Infinity where a byte of the mask (`[rows][64]`, 1 = allowed) is 0. */
@inline
function maskTile<T>(work: usize, rows: usize, mask: usize): void {
  const none = v128.splat<T>(<T>-Infinity);
  const pairs = rows * tileKeys;
  for (let pair: usize = 0; pair < pairs; pair += 4) {
    const bytes = v128.load32_zero(mask + pair);
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
    const blocked = i32x4.eq(words, i32x4.splat(0));
    const at = work + pair * sizeof<T>();
    if (sizeof<T>() == 4) {
      v128.store(at, v128.bitselect(none, v128.load(at), blocked));
    } else {
      const low = i64x2.extend_low_i32x4_s(blocked);
      const high = i64x2.extend_high_i32x4_s(blocked);
      v128.store(at, v128.bitselect(none, v128.load(at), low));
      v128.store(at, v128.bitselect(none, v128.load(at, 16), high), 16);
    }
  }
}

export function maskTile32(work: usize, rows: usize, mask: usize): void {
  maskTile<f32>(work, rows, mask);
}

export function maskTile64(work: usize, rows: usize, mask: usize): void {
  maskTile<f64>(work, rows, mask);
}

/** Stores −Infinity behind the `count` keys of a short tile. */
@inline
function endTile<T>(work: usize, rows: usize, count: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    for (let j = count; j < tileKeys; j++) {
      store<T>(work + (row * tileKeys + j) * sizeof<T>(), <T>-Infinity);
    }
  }
}

/**
 * Output of four rows and two vectors of columns: `o = o·keep + (Σ p·v)·add`, keys ascending. `p` has 64
 * powers a row, `v` and `o` are panels of eight columns.
 */
@inline
function valueBlock<T>(
  p: usize,
  v: usize,
  o: usize,
  count: usize,
  keep: usize,
  add: usize,
): void {
  const size = sizeof<T>();
  const row = tileKeys * size;
  const panelRow = panelColumns * size;
  let a00 = i32x4.splat(0);
  let a01 = a00;
  let a10 = a00;
  let a11 = a00;
  let a20 = a00;
  let a21 = a00;
  let a30 = a00;
  let a31 = a00;
  for (const end = p + count * size; p < end; p += size, v += panelRow) {
    const v0 = v128.load(v);
    const v1 = v128.load(v, 16);
    let x = v128.load_splat<T>(p);
    a00 = step<T>(a00, x, v0);
    a01 = step<T>(a01, x, v1);
    x = v128.load_splat<T>(p, row);
    a10 = step<T>(a10, x, v0);
    a11 = step<T>(a11, x, v1);
    x = v128.load_splat<T>(p, 2 * row);
    a20 = step<T>(a20, x, v0);
    a21 = step<T>(a21, x, v1);
    x = v128.load_splat<T>(p, 3 * row);
    a30 = step<T>(a30, x, v0);
    a31 = step<T>(a31, x, v1);
  }
  mergeOutput<T>(o, a00, a01, v128.load_splat<T>(keep), v128.load_splat<T>(add));
  o += panelRow;
  mergeOutput<T>(o, a10, a11, v128.load_splat<T>(keep, size), v128.load_splat<T>(add, size));
  o += panelRow;
  mergeOutput<T>(o, a20, a21, v128.load_splat<T>(keep, 2 * size), v128.load_splat<T>(add, 2 * size));
  o += panelRow;
  mergeOutput<T>(o, a30, a31, v128.load_splat<T>(keep, 3 * size), v128.load_splat<T>(add, 3 * size));
}

@inline
function mergeOutput<T>(o: usize, a0: v128, a1: v128, keep: v128, add: v128): void {
  v128.store(o, v128.add<T>(v128.mul<T>(v128.load(o), keep), v128.mul<T>(a0, add)));
  v128.store(o, v128.add<T>(v128.mul<T>(v128.load(o, 16), keep), v128.mul<T>(a1, add)), 16);
}

export function valueBlock32(
  p: usize,
  v: usize,
  o: usize,
  count: usize,
  keep: usize,
  add: usize,
): void {
  valueBlock<f32>(p, v, o, count, keep, add);
}

export function valueBlock64(
  p: usize,
  v: usize,
  o: usize,
  count: usize,
  keep: usize,
  add: usize,
): void {
  valueBlock<f64>(p, v, o, count, keep, add);
  valueBlock<f64>(p, v + 32, o + 32, count, keep, add);
}

/** Output of one row, panel after panel, as `scoreRow`. */
@inline
function valueRow<T>(
  p: usize,
  v: usize,
  vStep: usize,
  o: usize,
  count: usize,
  keep: usize,
  add: usize,
): void {
  const size = sizeof<T>();
  const panelRow = panelColumns * size;
  const panel = tileKeys * panelRow;
  const factor1 = v128.load_splat<T>(keep);
  const factor2 = v128.load_splat<T>(add);
  const end = p + count * size;
  for (const last = v + vStep * tileKeys; v < last; v += panel, o += panel) {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let at = v;
    for (let x = p; x < end; x += size, at += panelRow) {
      const y = v128.load_splat<T>(x);
      a0 = step<T>(a0, y, v128.load(at));
      a1 = step<T>(a1, y, v128.load(at, 16));
      if (sizeof<T>() == 8) {
        a2 = step<T>(a2, y, v128.load(at, 32));
        a3 = step<T>(a3, y, v128.load(at, 48));
      }
    }
    mergeOutput<T>(o, a0, a1, factor1, factor2);
    if (sizeof<T>() == 8) mergeOutput<T>(o + 32, a2, a3, factor1, factor2);
  }
}

export function valueRow32(
  p: usize,
  v: usize,
  vStep: usize,
  o: usize,
  count: usize,
  keep: usize,
  add: usize,
): void {
  valueRow<f32>(p, v, vStep, o, count, keep, add);
}

export function valueRow64(
  p: usize,
  v: usize,
  vStep: usize,
  o: usize,
  count: usize,
  keep: usize,
  add: usize,
): void {
  valueRow<f64>(p, v, vStep, o, count, keep, add);
}

/**
 * The softmax of the scores of one tile, its output, and the merge of both into the rows. `v` is the tile
 * in panels `[64][8]`, `o` the block in such panels; a row of either has `vStep` bytes in all.
 */
export function mergeTile32(
  work: usize,
  rows: usize,
  v: usize,
  vStep: usize,
  o: usize,
  m: usize,
  l: usize,
  count: usize,
  ends: usize,
): void {
  if (count < tileKeys) endTile<f32>(work, rows, count);
  const mt = rowArray<f32>(work, 0);
  const lt = rowArray<f32>(work, 1);
  const keep = rowArray<f32>(work, 2);
  const add = rowArray<f32>(work, 3);
  softmaxRows32(work, rows, mt, lt);
  mergeStates32(m, l, mt, lt, keep, add, rows);
  if (rows == 1) {
    valueRow32(work, v, vStep, o, count, keep, add);
    return;
  }
  for (let byte: usize = 0; byte < vStep; byte += 32) {
    const panel = byte * tileKeys;
    for (let row: usize = 0; row < rows; row += 4) {
      const p = work + row * tileKeys * 4;
      const end = ends == 0 ? count : <usize>load<u32>(ends + row);
      valueBlock32(p, v + panel, o + panel + row * 32, end, keep + row * 4, add + row * 4);
    }
  }
}

export function mergeTile64(
  work: usize,
  rows: usize,
  v: usize,
  vStep: usize,
  o: usize,
  m: usize,
  l: usize,
  count: usize,
  ends: usize,
): void {
  if (count < tileKeys) endTile<f64>(work, rows, count);
  const mt = rowArray<f64>(work, 0);
  const lt = rowArray<f64>(work, 1);
  const keep = rowArray<f64>(work, 2);
  const add = rowArray<f64>(work, 3);
  softmaxRows64(work, rows, mt, lt);
  mergeStates64(m, l, mt, lt, keep, add, rows);
  if (rows == 1) {
    valueRow64(work, v, vStep, o, count, keep, add);
    return;
  }
  for (let byte: usize = 0; byte < vStep; byte += 64) {
    const panel = byte * tileKeys;
    for (let row: usize = 0; row < rows; row += 4) {
      const p = work + row * tileKeys * 8;
      const end = ends == 0 ? count : <usize>load<u32>(ends + row);
      valueBlock64(p, v + panel, o + panel + row * 64, end, keep + row * 8, add + row * 8);
    }
  }
}

/** A run of tiles that every row of the block may see, `keys` keys in all: every pass but the mask. */
export function attendTiles32(
  work: usize,
  q: usize,
  rows: usize,
  d: usize,
  k: usize,
  v: usize,
  vStep: usize,
  o: usize,
  m: usize,
  l: usize,
  keys: usize,
  cap: f32,
): void {
  for (let j: usize = 0; j < keys; j += tileKeys) {
    const count = min(tileKeys, keys - j);
    scoreTile32(work, q, rows, d, k + j * d * 4, count, 0);
    if (cap > 0) capTile32(work, rows, cap);
    mergeTile32(work, rows, v + j * vStep, vStep, o, m, l, count, 0);
  }
}

export function attendTiles64(
  work: usize,
  q: usize,
  rows: usize,
  d: usize,
  k: usize,
  v: usize,
  vStep: usize,
  o: usize,
  m: usize,
  l: usize,
  keys: usize,
  cap: f64,
): void {
  for (let j: usize = 0; j < keys; j += tileKeys) {
    const count = min(tileKeys, keys - j);
    scoreTile64(work, q, rows, d, k + j * d * 8, count, 0);
    if (cap > 0) capTile64(work, rows, cap);
    mergeTile64(work, rows, v + j * vStep, vStep, o, m, l, count, 0);
  }
}

/**
 * Merges the sinks (one logit a row, −Infinity for none), divides by the sums, and writes the rows one
 * behind the other to `to`. Marks the rows whose sum or output is not finite, as they are to be computed
 * again; empty rows are among them.
 */
@inline
function finishRows<T>(
  work: usize,
  rows: usize,
  o: usize,
  vStep: usize,
  m: usize,
  l: usize,
  sinks: usize,
  flags: usize,
  to: usize,
): void {
  const size = sizeof<T>();
  const panelRow = panelColumns * size;
  const keep = rowArray<T>(work, 2);
  if (sinks != 0) {
    const ones = rowArray<T>(work, 1);
    const add = rowArray<T>(work, 3);
    for (let row: usize = 0; row < rows; row++) store<T>(ones + row * size, <T>1);
    if (sizeof<T>() == 4) mergeStates32(m, l, sinks, ones, keep, add, rows);
    else mergeStates64(m, l, sinks, ones, keep, add, rows);
  }
  const infinity = v128.splat<T>(<T>Infinity);
  for (let row: usize = 0; row < rows; row++) {
    const divisor = v128.load_splat<T>(l + row * size);
    const factor = sinks == 0 ? v128.splat<T>(<T>1) : v128.load_splat<T>(keep + row * size);
    let finite = v128.and(
      v128.lt<T>(divisor, infinity),
      v128.gt<T>(divisor, v128.splat<T>(<T>0)),
    );
    let from = o + row * panelRow;
    for (const end = to + vStep; to < end; from += tileKeys * panelRow) {
      for (let byte: usize = 0; byte < panelRow; byte += 16, to += 16) {
        const x = v128.div<T>(v128.mul<T>(v128.load(from + byte), factor), divisor);
        finite = v128.and(finite, v128.lt<T>(v128.abs<T>(x), infinity));
        v128.store(to, x);
      }
    }
    if (!i32x4.all_true(finite)) store<u8>(flags + row, 1);
  }
}

export function finishRows32(
  work: usize,
  rows: usize,
  o: usize,
  vStep: usize,
  m: usize,
  l: usize,
  sinks: usize,
  flags: usize,
  to: usize,
): void {
  finishRows<f32>(work, rows, o, vStep, m, l, sinks, flags, to);
}

export function finishRows64(
  work: usize,
  rows: usize,
  o: usize,
  vStep: usize,
  m: usize,
  l: usize,
  sinks: usize,
  flags: usize,
  to: usize,
): void {
  finishRows<f64>(work, rows, o, vStep, m, l, sinks, flags, to);
}
