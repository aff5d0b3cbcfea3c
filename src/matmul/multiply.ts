import { withWorkspace, type Workspace } from "../engine/index.js";
import { canonicalizeNaN, pick, type FloatArray } from "../tensor/index.js";
import { matmul32, matmul64, type MatmulKernel } from "./portable.js";
import type { Factor, Multiplied } from "./product.js";
import { matmulReference } from "./reference.js";
import { wasmKernel } from "./wasm.js";

/** Computes rows `from … to − 1` of all matrices of a product, every row by default, into `result`. */
export function multiply<A extends FloatArray>(
  product: Multiplied<A>,
  result: Factor<A>,
  from = 0,
  to = result.starts.length * product.m,
): void {
  const { dtype, engine } = product;
  if (engine !== "wasm") {
    const portable = pick<MatmulKernel<A>>(dtype, matmul32, matmul64);
    multiplyRows(product, result, engine === "reference" ? referenceKernel : portable, from, to);
    canonicalizeRows(product, result, from, to);
    return;
  }
  let nan = false;
  const onNaN = (): void => {
    nan = true;
  };
  withWorkspace("matmul", dtype, (workspace: Workspace<A>) => {
    const kernel = wasmKernel("matmul", workspace, onNaN);
    multiplyRows(product, result, kernel, from, to);
  });
  if (nan) canonicalizeRows(product, result, from, to);
}

function multiplyRows<A extends FloatArray>(
  { m, k, n, left, right }: Multiplied<A>,
  result: Factor<A>,
  kernel: MatmulKernel<A>,
  from: number,
  to: number,
): void {
  for (let row = from; row < to;) {
    const i = Math.floor(row / m);
    const first = row - i * m;
    const rows = Math.min(to - row, m - first);
    // prettier-ignore
    kernel(
      left.data, left.starts[i] + first * left.row, left.row, left.column,
      right.data, right.starts[i], right.row, right.column,
      result.data, result.starts[i] + first * result.row, result.row, result.column,
      rows, k, n, false,
    );
    row += rows;
  }
}

/** Of `out` only the elements of the view are its result. */
function canonicalizeRows<A extends FloatArray>(
  { m, n }: Multiplied<A>,
  { data, starts, row, column }: Factor<A>,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    const i = Math.floor(at / m);
    canonicalizeNaN(data, starts[i] + (at - i * m) * row, n, column);
  }
}

// prettier-ignore
const referenceKernel: MatmulKernel<FloatArray> = (
  a, aOffset, aRow, aColumn,
  b, bOffset, bRow, bColumn,
  out, outOffset, outRow, outColumn,
  m, k, n,
) => {
  const left = { data: a, offset: aOffset, row: aRow, column: aColumn };
  const right = { data: b, offset: bOffset, row: bRow, column: bColumn };
  matmulReference(left, right, m, k, n).forEach((row, i) => {
    row.forEach((sum, j) => (out[outOffset + i * outRow + j * outColumn] = sum));
  });
};
