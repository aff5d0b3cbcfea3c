import type { FloatArray, Tensor } from "qkv/core";
import type { AttentionFunction } from "../../../../src/testing/index.js";
import type { Jax, JaxArray } from "../../contestants/jax.js";
import { headFirst, sequenceFirst } from "./axes.js";

/** `nn.dotProductAttention`, which takes the sequence before the heads. */
export function jaxAttention({ numpy, nn }: Jax): AttentionFunction {
  return (query, key, value, { mask, bias, scale, causal, window, keyLengths }) => {
    const heads = (tensor: Tensor<FloatArray>): JaxArray => {
      const { data, shape } = sequenceFirst(tensor);
      return numpy.array(data, { shape });
    };
    const [B, H, L] = query.shape;
    const [S, E] = value.shape.slice(2);
    const side = (n: number): number => Math.min(n, S);
    const output = nn
      .dotProductAttention(heads(query), heads(key), heads(value), {
        ...(mask
          ? { mask: numpy.array(Int32Array.from(mask.data), { shape: mask.shape, dtype: "bool" }) }
          : {}),
        ...(bias ? { bias: numpy.array(bias.data as Float32Array, { shape: bias.shape }) } : {}),
        ...(scale === undefined ? {} : { scale }),
        ...(causal ? { isCausal: true } : {}),
        ...(window ? { localWindowSize: [side(window.left), side(window.right)] } : {}),
        ...(keyLengths
          ? { keyValueSeqLengths: numpy.array(Int32Array.from(keyLengths), { shape: [B] }) }
          : {}),
      })
      .dataSync();
    return headFirst(output, [B, H, L, E]);
  };
}
