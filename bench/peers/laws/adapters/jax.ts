import type { FloatArray, Tensor } from "qkv/core";
import type { AttentionFunction } from "../../../../src/testing/index.js";
import type { Jax, JaxArray } from "../../contestants/jax.js";

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

/** `[B,H,L,D]` as `[B,L,H,D]`. */
export function sequenceFirst({ data, shape }: Tensor<FloatArray>): {
  data: Float32Array;
  shape: number[];
} {
  const [B, H, L, D] = shape;
  const turned = new Float32Array(data.length);
  for (let row = 0; row < B * H * L; row++) {
    const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
    turned.set(data.subarray(row * D, (row + 1) * D), ((b * L + i) * H + h) * D);
  }
  return { data: turned, shape: [B, L, H, D] };
}

/** `[B,L,H,E]` seen as `[B,H,L,E]`. */
export function headFirst(data: Float32Array, shape: readonly number[]): object {
  const [, H, L, E] = shape;
  return { data, shape, stride: [H * L * E, E, H * E, 1], offset: 0 };
}
