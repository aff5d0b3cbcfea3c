import { Random } from "../../src/testing/random.js";
import { randomTensor, transposed, type Precision } from "../tensors.js";
import { matmulReference, type Matrix } from "../../src/matmul/reference.js";
import type { FloatArray, MatmulOptions, Tensor } from "qkv/core";
import { ndarrayLoops, plainLoops } from "./matmulBaselines.js";
import type { CaseSpec } from "./types.js";

interface Shape {
  name?: string;
  m: number;
  k: number;
  n: number;
  /** Operands whose memory is that of the transposed matrix. */
  transpose?: "a" | "b" | "ab";
  /** Through the options `transposeA`, `transposeB`, not as views. */
  byOption?: boolean;
  baselines?: ("plain" | "ndarray")[];
  quick?: boolean;
  headline?: boolean;
}

const square = (n: number, rest: Partial<Shape> = {}): Shape => ({ m: n, k: n, n, ...rest });

const shapes: Shape[] = [
  square(64, { quick: true, baselines: ["plain", "ndarray"] }),
  square(128, { quick: true, baselines: ["plain", "ndarray"] }),
  square(256, { quick: true, headline: true, baselines: ["plain", "ndarray"] }),
  square(512, { baselines: ["plain"] }),
  square(256, { name: "256³, a transposed view", transpose: "a" }),
  square(256, { name: "256³, b transposed view", transpose: "b", quick: true }),
  square(256, { name: "256³, both transposed views", transpose: "ab" }),
  // The two products of attention, and those of one query over a cache.
  { name: "q·kᵀ 1024×64×1024", m: 1024, k: 64, n: 1024, transpose: "b", byOption: true },
  { name: "p·v 1024×1024×64", m: 1024, k: 1024, n: 64 },
  { name: "q·kᵀ 1×64×4096", m: 1, k: 64, n: 4096, transpose: "b", byOption: true, quick: true },
  { name: "p·v 1×4096×64", m: 1, k: 4096, n: 64, quick: true },
];

export const matmulCases: CaseSpec[] = (["float32", "float64"] as const).flatMap((dtype) =>
  shapes.map((shape) => matmulCase(shape, dtype)),
);

function matmulCase(shape: Shape, dtype: Precision): CaseSpec {
  const { m, k, n, transpose = "", byOption = false, baselines = [], quick, headline } = shape;
  return {
    group: "matmul",
    name: shape.name ?? `${n}³`,
    dtype,
    quick,
    headline,
    prepare({ matmul }) {
      const random = new Random(1);
      const [aFlipped, bFlipped] = [transpose.includes("a"), transpose.includes("b")];
      const stored = [
        randomTensor(aFlipped ? [k, m] : [m, k], dtype, random),
        randomTensor(bFlipped ? [n, k] : [k, n], dtype, random),
      ];
      // The m×k and k×n matrices, whatever their memory is.
      const a = aFlipped ? transposed(stored[0]) : stored[0];
      const b = bFlipped ? transposed(stored[1]) : stored[1];
      const options: MatmulOptions = byOption ? { transposeA: aFlipped, transposeB: bFlipped } : {};
      const [left, right] = byOption ? stored : [a, b];
      const ways: [string, () => FloatArray][] = [["qkv", () => matmul(left, right, options).data]];
      if (baselines.includes("plain")) ways.push(["plain loops", plainLoops(a, b)]);
      if (baselines.includes("ndarray")) ways.push(["ndarray get/set", ndarrayLoops(a, b)]);
      return {
        flops: 2 * m * k * n,
        contestants: ways.map(([name, compute]) => ({
          name,
          run: () => compute()[m * n - 1],
          results: () => [compute()],
        })),
        error: excessOver(a, b, dtype),
        bound: "(K + 1)·u·‖row‖·‖column‖",
      };
    },
  };
}

/** How far a product is from the float64 reference, in units of the bound of a sum of k products. */
function excessOver(a: Tensor<FloatArray>, b: Tensor<FloatArray>, dtype: Precision) {
  const [m, k] = a.shape;
  const n = b.shape[1];
  const [left, right] = [matrixOf(a), matrixOf(b)];
  const expected = matmulReference(left, right, m, k, n);
  const rows = Array.from({ length: m }, (_, i) => norm(left, i * left.row, left.column, k));
  const columns = Array.from({ length: n }, (_, j) => norm(right, j * right.column, right.row, k));
  const unit = (k + 1) * 2 ** (dtype === "float32" ? -24 : -53);
  return ([got]: FloatArray[]): number => {
    if (got.length !== m * n) return NaN;
    let worst = 0;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const error = Math.abs(got[i * n + j] - expected[i][j]) / (unit * rows[i] * columns[j]);
        // Unlike a comparison, Math.max keeps a NaN.
        worst = Math.max(worst, error);
      }
    }
    return worst;
  };
}

function matrixOf({ data, offset, stride }: Tensor<FloatArray>): Matrix {
  return { data, offset, row: stride[0], column: stride[1] };
}

function norm({ data, offset }: Matrix, start: number, step: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += data[offset + start + i * step] ** 2;
  return Math.sqrt(sum);
}
