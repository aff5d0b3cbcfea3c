// Attention over tiles of 64 keys in SIMD lanes: the numbered passes of portable.ts for a block of up to 64
// query rows at once. Pass 1 scales the query where it is packed (`packGroups`); passes 2 to 7 and the
// division follow here.
//
// Keys are packed in panels of eight keys, the values of a tile and the outputs of a block in panels of
// eight columns: row-major, their rows are a power of two apart, fall on few lines of the first cache, and
// cost 8 to 15 % there. Scores of a block lie row by row, 64 apart.
//
// Rows with overflow or with values that are not finite are only marked here; the portable code computes
// them again. Kernels that are called from here alone are exported so that the optimizer does not inline
// them, as in matmul/simd.as.ts.
import { tanhLanes } from "../elementary/simd.as";
import { blockRows } from "../elementary/tileSize";
import { block, panelColumns, panelRow, product, size, step } from "../matmul/simd.as";
import { mergeStates, softmaxRows, tileBytes, tileKeys } from "../softmax/simd.as";

// The work area of a block: scores, then arrays of one number a row.
@inline
function rowArray(work: usize, index: usize): usize {
  return work + blockRows * (tileKeys + index) * size;
}

// 2. Scores of the tile: q·k, features ascending.

/**
 * Scores of a block and one tile of `count` keys; with `ends`, up to those of each group. One row alone is
 * not packed in a group.
 */
export function scoreTile(
  work: usize, q: usize, rows: usize, d: usize, k: usize, count: usize, ends: usize,
): void {
  const panels = (count + 7) >> 3;
  if (rows == 1) {
    scoreRow(q, k, work, d, panels);
    return;
  }
  if (ends == 0) {
    product(q, k, work, tileBytes, panelRow, (rows + 3) >> 2, panels, d, false);
    return;
  }
  for (let panel: usize = 0; panel < panels; panel++) {
    for (let row: usize = 0; row < rows; row += 4) {
      if (load<u32>(ends + row) <= panel * panelColumns) continue;
      const to = work + row * tileBytes + panel * panelRow;
      block(q + row * d * size, k + panel * d * panelRow, to, tileBytes, d, false);
    }
  }
}

/**
 * Scores of one row. Panel after panel and not several at once: keys that are read in the order in which
 * they lie stream at 87 to 93 % of a plain read, two panels side by side at 40 to 55 %.
 */
export function scoreRow(q: usize, k: usize, s: usize, d: usize, panels: usize): void {
  const end = q + d * size;
  for (const last = s + panels * panelRow; s < last; s += panelRow) {
    let c0 = i32x4.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    for (let x = q; x < end; x += size, k += panelRow) {
      const y = v128.load_splat<real>(x);
      c0 = step(c0, y, v128.load(k));
      c1 = step(c1, y, v128.load(k, 16));
      if (size == 8) {
        c2 = step(c2, y, v128.load(k, 32));
        c3 = step(c3, y, v128.load(k, 48));
      }
    }
    v128.store(s, c0);
    v128.store(s, c1, 16);
    if (size == 8) {
      v128.store(s, c2, 32);
      v128.store(s, c3, 48);
    }
  }
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

/** Marks the rows in which an allowed raw score is not finite; without `mask` all are allowed. */
export function checkTile(work: usize, rows: usize, count: usize, mask: usize, flags: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    for (let j: usize = 0; j < count; j++) {
      const score = load<real>(work + row * tileBytes + j * size);
      if (isFinite<real>(score)) continue;
      if (mask == 0 || load<u8>(mask + row * tileKeys + j) != 0) store<u8>(flags + row, 1);
    }
  }
}

// 3. Softcap, bias and mask.

/** `c·tanh(s / c)` of a block of scores. */
export function capTile(work: usize, rows: usize, cap: real): void {
  const c = v128.splat<real>(cap);
  for (const end = work + rows * tileBytes; work < end; work += 16) {
    v128.store(work, v128.mul<real>(c, tanhLanes(v128.div<real>(v128.load(work), c))));
  }
}

/** Adds a bias of the same layout to a block of scores. */
export function addTile(work: usize, rows: usize, bias: usize): void {
  for (const end = work + rows * tileBytes; work < end; work += 16, bias += 16) {
    v128.store(work, v128.add<real>(v128.load(work), v128.load(bias)));
  }
}

/** Stores −Infinity where a byte of the mask (`[rows][64]`, 1 = allowed) is 0. */
export function maskTile(work: usize, rows: usize, mask: usize): void {
  const none = v128.splat<real>(<real>-Infinity);
  for (const end = mask + rows * tileKeys; mask < end; mask += 4, work += 4 * size) {
    const bytes = v128.load32_zero(mask);
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
    const blocked = i32x4.eq(words, i32x4.splat(0));
    if (size == 4) {
      v128.store(work, v128.bitselect(none, v128.load(work), blocked));
    } else {
      const low = i64x2.extend_low_i32x4_s(blocked);
      const high = i64x2.extend_high_i32x4_s(blocked);
      v128.store(work, v128.bitselect(none, v128.load(work), low));
      v128.store(work, v128.bitselect(none, v128.load(work, 16), high), 16);
    }
  }
}

/** Stores −Infinity behind the `count` keys of a short tile. */
@inline
function endTile(work: usize, rows: usize, count: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    for (let j = count; j < tileKeys; j++) {
      store<real>(work + row * tileBytes + j * size, <real>-Infinity);
    }
  }
}

/**
 * Passes 4 to 6 of a tile with masked scores: its softmax, its output, and their merge into the rows. `v` is
 * the tile in panels `[64][8]`, `o` the block in such panels; a row of either has `vStep` bytes in all.
 */
export function mergeTile(
  work: usize, rows: usize, v: usize, vStep: usize, o: usize, m: usize, l: usize,
  count: usize, ends: usize,
): void {
  if (count < tileKeys) endTile(work, rows, count);
  // 4. The softmax of the tile by itself.
  const mt = rowArray(work, 0);
  const lt = rowArray(work, 1);
  softmaxRows(work, rows, mt, lt);
  // 6. Merge it into the rows: their maxima and sums here, their outputs with pass 5.
  const keep = rowArray(work, 2);
  const add = rowArray(work, 3);
  mergeStates(m, l, mt, lt, keep, add, rows);
  // 5. Its output: Σ p·v over the keys, ascending.
  if (rows == 1) {
    valueRow(work, v, vStep, o, count, keep, add);
    return;
  }
  for (let byte: usize = 0; byte < vStep; byte += panelRow) {
    const panel = byte * tileKeys;
    for (let row: usize = 0; row < rows; row += 4) {
      const p = work + row * tileBytes;
      const end = ends == 0 ? count : <usize>load<u32>(ends + row);
      valueBlock(p, v + panel, o + panel + row * panelRow, end, keep + row * size, add + row * size);
    }
  }
}

/**
 * Passes 5 and 6 of four rows and a panel of columns: `o = o·keep + (Σ p·v)·add`, keys ascending. `p` has 64
 * powers a row, `v` and `o` are panels of eight columns.
 */
export function valueBlock(p: usize, v: usize, o: usize, count: usize, keep: usize, add: usize): void {
  valueBlock4x2(p, v, o, count, keep, add);
  if (size == 8) valueBlock4x2(p, v + 32, o + 32, count, keep, add);
}

/** Four rows by two vectors of columns: a block in float32, half of one in float64. */
@inline
function valueBlock4x2(p: usize, v: usize, o: usize, count: usize, keep: usize, add: usize): void {
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
    let x = v128.load_splat<real>(p);
    a00 = step(a00, x, v0);
    a01 = step(a01, x, v1);
    x = v128.load_splat<real>(p, tileBytes);
    a10 = step(a10, x, v0);
    a11 = step(a11, x, v1);
    x = v128.load_splat<real>(p, 2 * tileBytes);
    a20 = step(a20, x, v0);
    a21 = step(a21, x, v1);
    x = v128.load_splat<real>(p, 3 * tileBytes);
    a30 = step(a30, x, v0);
    a31 = step(a31, x, v1);
  }
  mergeOutput(o, a00, a01, v128.load_splat<real>(keep), v128.load_splat<real>(add));
  o += panelRow;
  mergeOutput(o, a10, a11, v128.load_splat<real>(keep, size), v128.load_splat<real>(add, size));
  o += panelRow;
  mergeOutput(o, a20, a21, v128.load_splat<real>(keep, 2 * size), v128.load_splat<real>(add, 2 * size));
  o += panelRow;
  mergeOutput(o, a30, a31, v128.load_splat<real>(keep, 3 * size), v128.load_splat<real>(add, 3 * size));
}

/** Passes 5 and 6 of one row, panel after panel, as `scoreRow`. */
export function valueRow(
  p: usize, v: usize, vStep: usize, o: usize, count: usize, keep: usize, add: usize,
): void {
  const panel = tileKeys * panelRow;
  const factor1 = v128.load_splat<real>(keep);
  const factor2 = v128.load_splat<real>(add);
  const end = p + count * size;
  for (const last = v + vStep * tileKeys; v < last; v += panel, o += panel) {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let at = v;
    for (let x = p; x < end; x += size, at += panelRow) {
      const y = v128.load_splat<real>(x);
      a0 = step(a0, y, v128.load(at));
      a1 = step(a1, y, v128.load(at, 16));
      if (size == 8) {
        a2 = step(a2, y, v128.load(at, 32));
        a3 = step(a3, y, v128.load(at, 48));
      }
    }
    mergeOutput(o, a0, a1, factor1, factor2);
    if (size == 8) mergeOutput(o + 32, a2, a3, factor1, factor2);
  }
}

/** Pass 6 of two vectors of output. */
@inline
function mergeOutput(o: usize, a0: v128, a1: v128, keep: v128, add: v128): void {
  v128.store(o, v128.add<real>(v128.mul<real>(v128.load(o), keep), v128.mul<real>(a0, add)));
  v128.store(o, v128.add<real>(v128.mul<real>(v128.load(o, 16), keep), v128.mul<real>(a1, add)), 16);
}

/** Passes 2 to 6 of a run of tiles that every row of the block may see, `keys` keys in all, without a bias. */
export function attendTiles(
  work: usize, q: usize, rows: usize, d: usize, k: usize, v: usize, vStep: usize,
  o: usize, m: usize, l: usize, keys: usize, cap: real,
): void {
  for (let j: usize = 0; j < keys; j += tileKeys) {
    const count = min(tileKeys, keys - j);
    // 2. Scores of the tile.
    scoreTile(work, q, rows, d, k + j * d * size, count, 0);
    // 3. Softcap.
    if (cap > 0) capTile(work, rows, cap);
    // 4. Softmax of the tile, 5. its output, 6. their merge into the rows.
    mergeTile(work, rows, v + j * vStep, vStep, o, m, l, count, 0);
  }
}

/**
 * Pass 7 and the division: merges the sinks (one logit a row, −Infinity for none; address 0: no sinks),
 * divides by the sums, and writes the rows one behind the other to `to`. Marks the rows whose sum or output
 * is not finite, as they are to be computed again; empty rows are among them.
 */
export function finishRows(
  work: usize, rows: usize, o: usize, vStep: usize, m: usize, l: usize,
  sinks: usize, flags: usize, to: usize,
): void {
  const keep = rowArray(work, 2);
  // 7. The sink comes last.
  if (sinks != 0) {
    const ones = rowArray(work, 1);
    for (let row: usize = 0; row < rows; row++) store<real>(ones + row * size, <real>1);
    mergeStates(m, l, sinks, ones, keep, rowArray(work, 3), rows);
  }
  // Divide by the sum.
  const infinity = v128.splat<real>(<real>Infinity);
  for (let row: usize = 0; row < rows; row++) {
    const divisor = v128.load_splat<real>(l + row * size);
    const factor = sinks == 0 ? v128.splat<real>(<real>1) : v128.load_splat<real>(keep + row * size);
    const positive = v128.gt<real>(divisor, v128.splat<real>(<real>0));
    let finite = v128.and(v128.lt<real>(divisor, infinity), positive);
    let from = o + row * panelRow;
    for (const end = to + vStep; to < end; from += tileKeys * panelRow) {
      for (let byte: usize = 0; byte < panelRow; byte += 16, to += 16) {
        const x = v128.div<real>(v128.mul<real>(v128.load(from + byte), factor), divisor);
        finite = v128.and(finite, v128.lt<real>(v128.abs<real>(x), infinity));
        v128.store(to, x);
      }
    }
    if (!i32x4.all_true(finite)) store<u8>(flags + row, 1);
  }
}
