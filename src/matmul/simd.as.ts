// Products in SIMD: C = A·B with A packed in groups of four rows and B in panels of eight columns, so
// that the innermost loops read memory in order. Lanes run over columns: every element of C is one
// accumulator and its products ascend, as in portable.ts.
//
// Four rows by two vectors are eight accumulators: with more, V8 spills registers on Node 20 (30 to 37 of
// 57 GFLOP/s instead of 45). They are exported so that the optimizer does not inline them into their
// callers, which costs 10 to 30 %.

/** Rows of A in a group, and columns of B in a panel. */
export const groupRows: usize = 4;
export const panelColumns: usize = 8;

@inline
function step<T>(sum: v128, x: v128, y: v128): v128 {
  return v128.add<T>(sum, v128.mul<T>(x, y));
}

/**
 * A block of C: four rows, two vectors of columns. `a` holds A as `[k][4]`, `b` walks `bStep` bytes a
 * row; with `accumulate` the sums go on from what C holds.
 */
@inline
function block<T>(
  a: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cStep: usize,
  k: usize,
  accumulate: bool,
): void {
  const size = sizeof<T>();
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
  for (const end = a + k * groupRows * size; a < end; a += groupRows * size, b += bStep) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<T>(a);
    c00 = step<T>(c00, x, b0);
    c01 = step<T>(c01, x, b1);
    x = v128.load_splat<T>(a, size);
    c10 = step<T>(c10, x, b0);
    c11 = step<T>(c11, x, b1);
    x = v128.load_splat<T>(a, 2 * size);
    c20 = step<T>(c20, x, b0);
    c21 = step<T>(c21, x, b1);
    x = v128.load_splat<T>(a, 3 * size);
    c30 = step<T>(c30, x, b0);
    c31 = step<T>(c31, x, b1);
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

export function block32(a: usize, b: usize, c: usize, cStep: usize, k: usize, on: bool): void {
  block<f32>(a, b, panelColumns * 4, c, cStep, k, on);
}

export function block64(a: usize, b: usize, c: usize, cStep: usize, k: usize, on: bool): void {
  block<f64>(a, b, panelColumns * 8, c, cStep, k, on);
  block<f64>(a, b + 32, panelColumns * 8, c + 32, cStep, k, on);
}

/** Sixteen bytes of a row, or zeros where the matrix has ended: nothing behind it is read. */
@inline
function rowLoad(at: usize, real: bool): v128 {
  return real ? v128.load(at) : i32x4.splat(0);
}

/**
 * Rows of a row-major matrix as panels `[k][width]`: row `i` becomes lane `i mod width` of its panel,
 * rows that fill up the last panel are 0. Every element is multiplied by `scale`, one rounding.
 *
 * @returns the largest absolute value, NaN if there is one
 */
@inline
function packRows<T>(
  from: usize,
  to: usize,
  rows: usize,
  k: usize,
  width: usize,
  scale: T,
): T {
  const size = sizeof<T>();
  let largest = v128.splat<T>(<T>0);
  const factor = v128.splat<T>(scale);
  for (let row: usize = 0; row < rows; row += 4) {
    const panel = to + (row / width) * (width * k * size) + (row % width) * size;
    const at = from + row * k * size;
    const left = rows - row;
    let l: usize = 0;
    for (; l + 4 <= k; l += 4) {
      for (let r: usize = 0; sizeof<T>() == 8 && r < 4; r += 2) {
        for (let half: usize = 0; half < 4; half += 2) {
          const from = at + (l + half + r * k) * size;
          const r0 = v128.mul<T>(rowLoad(from, r < left), factor);
          const r1 = v128.mul<T>(rowLoad(from + k * size, r + 1 < left), factor);
          largest = v128.max<T>(largest, v128.max<T>(v128.abs<T>(r0), v128.abs<T>(r1)));
          const p = panel + ((l + half) * width + r) * size;
          v128.store(p, v128.shuffle<f64>(r0, r1, 0, 2));
          v128.store(p + width * size, v128.shuffle<f64>(r0, r1, 1, 3));
        }
      }
      if (sizeof<T>() == 8) continue;
      const from = at + l * size;
      const r0 = v128.mul<T>(v128.load(from), factor);
      const r1 = v128.mul<T>(rowLoad(from + k * size, left > 1), factor);
      const r2 = v128.mul<T>(rowLoad(from + 2 * k * size, left > 2), factor);
      const r3 = v128.mul<T>(rowLoad(from + 3 * k * size, left > 3), factor);
      largest = v128.max<T>(largest, v128.max<T>(v128.abs<T>(r0), v128.abs<T>(r1)));
      largest = v128.max<T>(largest, v128.max<T>(v128.abs<T>(r2), v128.abs<T>(r3)));
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
        const x = r < left ? <T>(load<T>(at + (l + r * k) * size) * scale) : <T>0;
        largest = v128.max<T>(largest, v128.splat<T>(abs<T>(x)));
        store<T>(panel + (l * width + r) * size, x);
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
  if (sizeof<T>() == 4) {
    const low = max<f32>(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
    const high = max<f32>(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3));
    return <T>max<f32>(low, high);
  }
  return <T>max<f64>(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
}

export function packGroups32(from: usize, to: usize, rows: usize, k: usize, scale: f32): f32 {
  return packRows<f32>(from, to, rows, k, groupRows, scale);
}

export function packGroups64(from: usize, to: usize, rows: usize, k: usize, scale: f64): f64 {
  return packRows<f64>(from, to, rows, k, groupRows, scale);
}

export function packPanels32(from: usize, to: usize, rows: usize, k: usize): f32 {
  return packRows<f32>(from, to, rows, k, panelColumns, 1);
}

export function packPanels64(from: usize, to: usize, rows: usize, k: usize): f64 {
  return packRows<f64>(from, to, rows, k, panelColumns, 1);
}

/** Columns of a row-major `[k][columns]` matrix as panels `[k][width]`, the last filled up with 0. */
@inline
function packColumns<T>(from: usize, to: usize, columns: usize, k: usize, width: usize): void {
  const size = sizeof<T>();
  for (let column: usize = 0; column < columns; column += width) {
    const left = columns - column;
    for (let l: usize = 0, at = from + column * size; l < k; l++, at += columns * size) {
      if (left >= width) {
        for (let byte: usize = 0; byte < width * size; byte += 16) {
          v128.store(to + byte, v128.load(at + byte));
        }
      } else {
        for (let i: usize = 0; i < width; i++) {
          store<T>(to + i * size, i < left ? load<T>(at + i * size) : <T>0);
        }
      }
      to += width * size;
    }
  }
}

export function packGroupColumns32(from: usize, to: usize, rows: usize, k: usize): void {
  packColumns<f32>(from, to, rows, k, groupRows);
}

export function packGroupColumns64(from: usize, to: usize, rows: usize, k: usize): void {
  packColumns<f64>(from, to, rows, k, groupRows);
}

export function packPanelColumns32(from: usize, to: usize, columns: usize, k: usize): void {
  packColumns<f32>(from, to, columns, k, panelColumns);
}

export function packPanelColumns64(from: usize, to: usize, columns: usize, k: usize): void {
  packColumns<f64>(from, to, columns, k, panelColumns);
}

/**
 * C = A·B, or C += A·B, of packed operands: `groups` groups of four rows by `panels` panels. Rows of C are
 * `cStep` bytes apart, panels of eight columns `cPanel`. Panels are the outer loop: one of them stays in the
 * first cache while the groups stream by.
 */
export function product32(
  a: usize,
  b: usize,
  c: usize,
  cStep: usize,
  cPanel: usize,
  groups: usize,
  panels: usize,
  k: usize,
  accumulate: bool,
): void {
  for (let panel: usize = 0; panel < panels; panel++) {
    const column = c + panel * cPanel;
    for (let group: usize = 0; group < groups; group++) {
      block32(
        a + group * groupRows * k * 4,
        b + panel * panelColumns * k * 4,
        column + group * groupRows * cStep,
        cStep,
        k,
        accumulate,
      );
    }
  }
}

export function product64(
  a: usize,
  b: usize,
  c: usize,
  cStep: usize,
  cPanel: usize,
  groups: usize,
  panels: usize,
  k: usize,
  accumulate: bool,
): void {
  for (let panel: usize = 0; panel < panels; panel++) {
    const column = c + panel * cPanel;
    for (let group: usize = 0; group < groups; group++) {
      block64(
        a + group * groupRows * k * 8,
        b + panel * panelColumns * k * 8,
        column + group * groupRows * cStep,
        cStep,
        k,
        accumulate,
      );
    }
  }
}

/**
 * Writes rows that lie in panels of eight columns (`step` rows each) one behind the other.
 *
 * @returns true if there is a NaN among them
 */
@inline
function unpackRows<T>(from: usize, to: usize, rows: usize, step: usize, panels: usize): bool {
  const row = panelColumns * sizeof<T>();
  let found = i32x4.splat(0);
  for (const end = from + rows * row; from < end; from += row) {
    let at = from;
    for (let panel: usize = 0; panel < panels; panel++, at += step * row) {
      for (let byte: usize = 0; byte < row; byte += 16, to += 16) {
        const x = v128.load(at + byte);
        found = v128.or(found, v128.ne<T>(x, x));
        v128.store(to, x);
      }
    }
  }
  return v128.any_true(found);
}

export function unpackRows32(
  from: usize,
  to: usize,
  rows: usize,
  step: usize,
  panels: usize,
): bool {
  return unpackRows<f32>(from, to, rows, step, panels);
}

export function unpackRows64(
  from: usize,
  to: usize,
  rows: usize,
  step: usize,
  panels: usize,
): bool {
  return unpackRows<f64>(from, to, rows, step, panels);
}
