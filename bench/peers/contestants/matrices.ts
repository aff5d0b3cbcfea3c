// Matrix libraries in plain JavaScript.
import type { FloatArray } from "qkv/core";
import { load, versionOf } from "../load.js";
import type { MatmulWork, Peer } from "../types.js";

interface Ndarray {
  data: FloatArray;
}

type MakeNdarray = (data: FloatArray, shape: readonly number[]) => Ndarray;
type Gemm = (c: Ndarray, a: Ndarray, b: Ndarray) => void;

/** `ndarray-gemm`, in the precision of its arrays. */
export async function ndarrayGemm(): Promise<Peer> {
  const { default: ndarray } = await load<{ default: MakeNdarray }>("ndarray");
  const { default: gemm } = await load<{ default: Gemm }>("ndarray-gemm");
  return {
    name: "ndarray-gemm",
    version: versionOf("ndarray-gemm"),
    matmul: ({ m, k, n, a, b }) => [
      {
        open: () => {
          const c = ndarray(
            a instanceof Float32Array ? new Float32Array(m * n) : new Float64Array(m * n),
            [m, n],
          );
          const [left, right] = [ndarray(a, [m, k]), ndarray(b, [k, n])];
          const compute = () => {
            gemm(c, left, right);
            return c.data;
          };
          return { run: () => compute()[0], results: compute };
        },
      },
    ],
  };
}

interface MlMatrix {
  mmul(other: MlMatrix): MlMatrix;
  get(i: number, j: number): number;
  to1DArray(): number[];
}

interface MatrixClass {
  from1DArray(rows: number, columns: number, data: ArrayLike<number>): MlMatrix;
}

/** `ml-matrix`, which knows float64 only. */
export async function mlMatrix(): Promise<Peer> {
  const { Matrix } = await load<{ Matrix: MatrixClass }>("ml-matrix");
  return {
    name: "ml-matrix",
    version: versionOf("ml-matrix"),
    matmul: ({ m, k, n, a, b }: MatmulWork) =>
      a instanceof Float64Array
        ? [
            {
              open: () => {
                const [left, right] = [Matrix.from1DArray(m, k, a), Matrix.from1DArray(k, n, b)];
                return {
                  run: () => left.mmul(right).get(0, 0),
                  results: () => Float64Array.from(left.mmul(right).to1DArray()),
                };
              },
            },
          ]
        : [],
  };
}
