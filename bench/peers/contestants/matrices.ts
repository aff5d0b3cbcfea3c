// Matrix libraries in plain JavaScript.
import type { FloatArray } from "qkv/core";
import { load, versionOf } from "../load.js";
import type { Peer } from "../peer.js";

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
    matmul: ({ a, b }) => {
      const open = () => {
        const shape = [a.shape[0], b.shape[1]];
        const size = shape[0] * shape[1];
        const single = a.data instanceof Float32Array;
        const c = ndarray(single ? new Float32Array(size) : new Float64Array(size), shape);
        const [left, right] = [ndarray(a.data, a.shape), ndarray(b.data, b.shape)];
        const compute = () => {
          gemm(c, left, right);
          return c.data;
        };
        return { run: () => compute()[0], results: () => [compute()] };
      };
      return [{ open }];
    },
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
    matmul: ({ a, b }) => {
      const open = () => {
        const [left, right] = [a, b].map(({ data, shape }) =>
          Matrix.from1DArray(shape[0], shape[1], data),
        );
        return {
          run: () => left.mmul(right).get(0, 0),
          results: () => [Float64Array.from(left.mmul(right).to1DArray())],
        };
      };
      return a.dtype === "float64" ? [{ open }] : [];
    },
  };
}
