import type { Engine } from "../engine/index.js";
import { matmul } from "../matmul/index.js";
import { canonicalizeNaN, type FloatArray, type Tensor } from "../tensor/index.js";

/** One linear layer as PyTorch stores it: `y = x·Wᵀ + b`, weight `[out, in]`, bias `[out]`. */
export interface Linear<D extends FloatArray> {
  weight: Tensor<D>;
  bias?: Tensor<D>;
}

/** `[..., L, in]` → `[..., L, out]`: the product first, then one rounded addition of the bias. */
export function project<D extends FloatArray>(
  x: Tensor<D>,
  { weight, bias }: Linear<D>,
  engine: Engine | undefined,
): Tensor<D> {
  const out = matmul<D>(x, weight, { transposeB: true, engine });
  if (bias === undefined) return out;
  const [size] = weight.shape;
  for (let row = 0; row < out.data.length; row += size) {
    for (let i = 0, at = bias.offset; i < size; i++, at += bias.stride[0]) {
      out.data[row + i] += bias.data[at];
    }
  }
  canonicalizeNaN(out.data);
  return out;
}
