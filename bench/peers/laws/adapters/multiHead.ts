import type { FloatArray, Tensor } from "qkv/core";
import type { AttentionFunction, CallOptions } from "../../../../src/testing/index.js";
import type { OrtTensor, Runtime } from "../../contestants/onnxruntime.js";
import { exchangeAxes } from "../../../tensors.js";
import { multiHeadOperator } from "../../onnx/attention.js";
import { headFirst } from "./headFirst.js";
import { sessionsOf } from "./onnxruntime.js";

/** onnxruntime's own MultiHeadAttention, into which its optimizer fuses exported models. */
export function multiHeadAttention(runtime: Runtime): AttentionFunction {
  const { ort } = runtime;
  const sessionOf = sessionsOf(runtime, multiHeadOperator);
  return async (query, key, value, options) => {
    const [B, H, L] = query.shape;
    const [S, E] = value.shape.slice(2);
    const { bias, causal, scale } = options;
    const mask = paddingMask(options, B, L, S);
    const session = await sessionOf({
      heads: H,
      ...(mask ? { mask: mask.axes } : {}),
      bias: bias !== undefined,
      causal: causal !== undefined,
      ...(scale === undefined ? {} : { scale }),
    });
    const together = (tensor: Tensor<FloatArray>): OrtTensor => {
      const { data, shape } = exchangeAxes(tensor.data, tensor.shape);
      return new ort.Tensor("float32", data, [shape[0], shape[1], shape[2] * shape[3]]);
    };
    const { output } = await session.run({
      ...{ q: together(query), k: together(key), v: together(value) },
      ...(mask ? { mask: new ort.Tensor("int32", mask.data, mask.shape) } : {}),
      ...(bias ? { bias: new ort.Tensor("float32", bias.data as Float32Array, [1, 1, L, S]) } : {}),
    });
    return headFirst(output.data, [B, H, L, E]);
  };
}

/** There is one input for a mask and lengths: lengths alone are told as such, both as a mask of pairs. */
export function paddingMask(
  { mask, keyLengths }: CallOptions,
  B: number,
  L: number,
  S: number,
):
  | { data: Int32Array; shape: number[]; axes: readonly ["B"] | readonly ["B", "L", "S"] }
  | undefined {
  if (!mask) {
    return keyLengths && { data: Int32Array.from(keyLengths), shape: [B], axes: ["B"] };
  }
  const data = new Int32Array(B * L * S).map((_, at) => {
    const [entry, pair] = [Math.floor(at / (L * S)), at % (L * S)];
    return mask.data[pair] === 1 && pair % S < (keyLengths?.[entry] ?? S) ? 1 : 0;
  });
  return { data, shape: [B, L, S], axes: ["B", "L", "S"] };
}
