// Products in SIMD: C = A·B with A packed in groups of four rows and B in panels of eight columns, so
// that the innermost loops read memory in order. Lanes run over columns: every element of C is one
// accumulator and its products ascend, as in portable.ts.
//
// Four rows by two vectors are eight accumulators: with more, V8 spills registers on Node 20 (30 to 37 of
// 57 GFLOP/s instead of 45). Blocks are exported so that the optimizer does not inline them into their
// callers, which costs 10 to 30 %.

/** Bytes of a number: `real` is f32 in one module and f64 in the other. */
export const size: usize = sizeof<real>();

/** Rows of A in a group, and columns of B in a panel. */
export const groupRows: usize = 4;
export const panelColumns: usize = 8;

/** Bytes of a row of a panel: two vectors in float32, four in float64. */
export const panelRow: usize = panelColumns * size;

/** `sum + x·y`, two roundings. */
@inline
export function step(sum: v128, x: v128, y: v128): v128 {
  return v128.add<real>(sum, v128.mul<real>(x, y));
}

/**
 * A block of C: four rows and a panel of columns. `a` holds A as `[k][4]`, `b` holds B as `[k][8]`; with
 * `accumulate` the sums go on from what C holds.
 */
export function block(a: usize, b: usize, c: usize, cStep: usize, k: usize, accumulate: bool): void {
  block4x2(a, b, c, cStep, k, accumulate);
  if (size == 8) block4x2(a, b + 32, c + 32, cStep, k, accumulate);
}

/** Four rows by two vectors of columns: a block in float32, half of one in float64. */
@inline
function block4x2(a: usize, b: usize, c: usize, cStep: usize, k: usize, accumulate: bool): void {
  let c00 = i32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (accumulate) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(c + cStep);
    c11 = v128.load(c + cStep, 16);
    c20 = v128.load(c + 2 * cStep);
    c21 = v128.load(c + 2 * cStep, 16);
    c30 = v128.load(c + 3 * cStep);
    c31 = v128.load(c + 3 * cStep, 16);
  }
  for (const end = a + k * groupRows * size; a < end; a += groupRows * size, b += panelRow) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<real>(a);
    c00 = step(c00, x, b0);
    c01 = step(c01, x, b1);
    x = v128.load_splat<real>(a, size);
    c10 = step(c10, x, b0);
    c11 = step(c11, x, b1);
    x = v128.load_splat<real>(a, 2 * size);
    c20 = step(c20, x, b0);
    c21 = step(c21, x, b1);
    x = v128.load_splat<real>(a, 3 * size);
    c30 = step(c30, x, b0);
    c31 = step(c31, x, b1);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cStep;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cStep;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cStep;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** Sixteen bytes of a row, or zeros where the matrix has ended: nothing behind it is read. */
@inline
function rowLoad(at: usize, isThere: bool): v128 {
  return isThere ? v128.load(at) : i32x4.splat(0);
}

/** The largest absolute values so far, lane by lane; NaN stays. */
@inline
function larger(largest: v128, x: v128, y: v128): v128 {
  return v128.max<real>(largest, v128.max<real>(v128.abs<real>(x), v128.abs<real>(y)));
}

/**
 * Rows of a row-major matrix as panels `[k][width]`: row `i` becomes lane `i mod width` of its panel,
 * rows that fill up the last panel are 0. Every element is multiplied by `scale`, one rounding.
 *
 * @returns the largest absolute value, NaN if there is one
 */
@inline
function packRows(from: usize, to: usize, rows: usize, k: usize, width: usize, scale: real): real {
  let largest = v128.splat<real>(<real>0);
  const factor = v128.splat<real>(scale);
  for (let row: usize = 0; row < rows; row += 4) {
    const panel = to + (row / width) * (width * k * size) + (row % width) * size;
    const at = from + row * k * size;
    const left = rows - row;
    let l: usize = 0;
    for (; l + 4 <= k; l += 4) {
      for (let r: usize = 0; size == 8 && r < 4; r += 2) {
        for (let half: usize = 0; half < 4; half += 2) {
          const from = at + (l + half + r * k) * size;
          const r0 = v128.mul<real>(rowLoad(from, r < left), factor);
          const r1 = v128.mul<real>(rowLoad(from + k * size, r + 1 < left), factor);
          largest = larger(largest, r0, r1);
          const p = panel + ((l + half) * width + r) * size;
          v128.store(p, v128.shuffle<f64>(r0, r1, 0, 2));
          v128.store(p + width * size, v128.shuffle<f64>(r0, r1, 1, 3));
        }
      }
      if (size == 8) continue;
      const from = at + l * size;
      const r0 = v128.mul<real>(v128.load(from), factor);
      const r1 = v128.mul<real>(rowLoad(from + k * size, left > 1), factor);
      const r2 = v128.mul<real>(rowLoad(from + 2 * k * size, left > 2), factor);
      const r3 = v128.mul<real>(rowLoad(from + 3 * k * size, left > 3), factor);
      largest = larger(largest, r0, r1);
      largest = larger(largest, r2, r3);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const p = panel + l * width * size;
      v128.store(p, v128.shuffle<f64>(low01, low23, 0, 2));
      v128.store(p + width * size, v128.shuffle<f64>(low01, low23, 1, 3));
      v128.store(p + 2 * width * size, v128.shuffle<f64>(high01, high23, 0, 2));
      v128.store(p + 3 * width * size, v128.shuffle<f64>(high01, high23, 1, 3));
    }
    for (; l < k; l++) {
      for (let r: usize = 0; r < 4; r++) {
        const x = r < left ? <real>(load<real>(at + (l + r * k) * size) * scale) : <real>0;
        largest = v128.max<real>(largest, v128.splat<real>(abs<real>(x)));
        store<real>(panel + (l * width + r) * size, x);
      }
    }
  }
  // A panel of eight whose second half has no row.
  if (width == 8 && rows > 0 && ((rows + 3) / 4) % 2 == 1) {
    const panel = to + (rows / 8) * (8 * k * size) + 4 * size;
    for (let l: usize = 0; l < k; l++) {
      memory.fill(panel + l * 8 * size, 0, 4 * size);
    }
  }
  if (size == 4) {
    const low = max<f32>(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
    const high = max<f32>(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3));
    return <real>max<f32>(low, high);
  }
  return <real>max<f64>(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
}

export function packGroups(from: usize, to: usize, rows: usize, k: usize, scale: real): real {
  return packRows(from, to, rows, k, groupRows, scale);
}

export function packPanels(from: usize, to: usize, rows: usize, k: usize): real {
  return packRows(from, to, rows, k, panelColumns, 1);
}

/** Columns of a row-major `[k][columns]` matrix as panels `[k][width]`, the last filled up with 0. */
@inline
function packColumns(from: usize, to: usize, columns: usize, k: usize, width: usize): void {
  for (let column: usize = 0; column < columns; column += width) {
    const left = columns - column;
    for (let l: usize = 0, at = from + column * size; l < k; l++, at += columns * size) {
      if (left >= width) {
        for (let byte: usize = 0; byte < width * size; byte += 16) {
          v128.store(to + byte, v128.load(at + byte));
        }
      } else {
        for (let i: usize = 0; i < width; i++) {
          store<real>(to + i * size, i < left ? load<real>(at + i * size) : <real>0);
        }
      }
      to += width * size;
    }
  }
}

export function packGroupColumns(from: usize, to: usize, columns: usize, k: usize): void {
  packColumns(from, to, columns, k, groupRows);
}

export function packPanelColumns(from: usize, to: usize, columns: usize, k: usize): void {
  packColumns(from, to, columns, k, panelColumns);
}

/**
 * C = A·B, or C += A·B, of packed operands: `groups` groups of four rows by `panels` panels. Rows of C are
 * `cStep` bytes apart, panels of eight columns `cPanel`. Panels are the outer loop: one of them stays in the
 * first cache while the groups stream by.
 */
export function product(
  a: usize, b: usize, c: usize, cStep: usize, cPanel: usize,
  groups: usize, panels: usize, k: usize, accumulate: bool,
): void {
  for (let panel: usize = 0; panel < panels; panel++) {
    const columns = b + panel * k * panelRow;
    for (let group: usize = 0; group < groups; group++) {
      const rows = a + group * groupRows * k * size;
      block(rows, columns, c + panel * cPanel + group * groupRows * cStep, cStep, k, accumulate);
    }
  }
}

/**
 * Writes rows that lie in panels of eight columns (`step` rows each) one behind the other.
 *
 * @returns true if there is a NaN among them
 */
export function unpackRows(from: usize, to: usize, rows: usize, step: usize, panels: usize): bool {
  let found = i32x4.splat(0);
  for (const end = from + rows * panelRow; from < end; from += panelRow) {
    let at = from;
    for (let panel: usize = 0; panel < panels; panel++, at += step * panelRow) {
      for (let byte: usize = 0; byte < panelRow; byte += 16, to += 16) {
        const x = v128.load(at + byte);
        found = v128.or(found, v128.ne<real>(x, x));
        v128.store(to, x);
      }
    }
  }
  return v128.any_true(found);
}
