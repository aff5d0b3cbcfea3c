import { typeError, type FloatArray, type Tensor } from "../tensor/index.js";
import { expectShape, type Tensors } from "./paramShapes.js";
import type { TensorParam } from "./params.js";

/** A key and value behind the real ones, both flat; what is not given is zero. */
export interface ExtraKey<A extends FloatArray> {
  key?: Tensor<A> | undefined;
  value?: Tensor<A> | undefined;
}

/** The learned key and its value first, then those of zeros. */
export function readExtraKeys<A extends FloatArray>(
  tensors: Tensors<A>,
  addZeroAttn: boolean | undefined,
  rows: number,
  valueRows: number,
): ExtraKey<A>[] {
  const extra: ExtraKey<A>[] = [];
  const { biasK, biasV } = tensors;
  if ((biasK === undefined) !== (biasV === undefined)) {
    throw typeError(
      "multiHeadAttention",
      "params",
      "biasK and biasV, a learned key and its value",
      biasK === undefined ? "biasV without biasK" : "biasK without biasV",
    );
  }
  if (biasK && biasV) {
    extra.push({
      key: flatBias("biasK", biasK, rows, "H·D"),
      value: flatBias("biasV", biasV, valueRows, "H·E"),
    });
  }
  if (addZeroAttn) extra.push({});
  return extra;
}

/** PyTorch stores the learned key with two axes of length 1 in front. */
function flatBias<A extends FloatArray>(
  name: TensorParam,
  bias: Tensor<A>,
  size: number,
  letters: string,
): Tensor<A> {
  const ones = bias.shape.length === 3 && bias.shape[0] === 1 && bias.shape[1] === 1;
  const flat = ones ? { ...bias, shape: [bias.shape[2]], stride: [bias.stride[2]] } : bias;
  expectShape(name, flat, [size], `[${letters}] or [1, 1, ${letters}]`, { given: bias.shape });
  return flat;
}
