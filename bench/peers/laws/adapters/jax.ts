import type { AttentionFunction } from "../../../../src/testing/index.js";
import { sequenceFirst, type Jax } from "../../contestants/jax.js";
import { headFirst } from "./headFirst.js";

/** `nn.dotProductAttention`, which takes the sequence before the heads. */
export function jaxAttention({ numpy, nn }: Jax): AttentionFunction {
  return (query, key, value, { mask, bias, scale, causal, window, keyLengths }) => {
    const [q, k, v] = [query, key, value].map((x) => sequenceFirst(numpy, x));
    const [B, H, L] = query.shape;
    const [S, E] = value.shape.slice(2);
    const side = (n: number): number => Math.min(n, S);
    const output = nn
      .dotProductAttention(q, k, v, {
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
