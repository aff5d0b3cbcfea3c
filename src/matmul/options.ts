import type { Engine } from "../engine/index.js";
import { commonHints, type FloatArray, type RowMajor, type TensorView } from "../tensor/index.js";

/** Options of `matmul`. */
export interface MatmulOptions<A extends FloatArray = FloatArray> {
  /** Read `a` as `[..., K, M]`. Default false. */
  transposeA?: boolean | undefined;
  /** Read `b` as `[..., N, K]`. Default false. */
  transposeB?: boolean | undefined;
  /** A tensor of the result's shape and precision that receives it, instead of a new one. */
  out?: TensorView<A> | RowMajor<A> | undefined;
  /** What computes; `"reference"` is float64, rounded once, the others share their bits. Default `"auto"`. */
  engine?: Engine | undefined;
}

/** As `Hints`. */
export const matmulHints = /* @__PURE__ */ (() => ({
  "write `transposeA`": "trans_a adjoint_a",
  "write `transposeB`": "trans_b adjoint_b",
  "multiply the result by it": "alpha",
  "add it to the result": "bias c",
  ...commonHints,
}))();
