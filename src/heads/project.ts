import type { Engine } from "../engine/index.js";
import { matmul } from "../matmul/index.js";
import { canonicalizeNaN, type FloatArray, type Tensor } from "../tensor/index.js";

/** One linear layer as PyTorch stores it: `y = x·Wᵀ + b`, weight `[out, in]`, bias `[out]`. */
export interface Linear<A extends FloatArray> {
  weight: Tensor<A>;
  bias?: Tensor<A> | undefined;
}

/** `[..., L, in]` → `[..., L, out]`: the product first, then one rounded addition of the bias. */
export function project<A extends FloatArray>(
  x: Tensor<A>,
  { weight, bias }: Linear<A>,
  engine: Engine | undefined,
): Tensor<A> {
  const out = matmul<A>(x, weight, { transposeB: true, engine });
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
