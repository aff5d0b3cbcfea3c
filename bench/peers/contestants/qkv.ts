import type { AttentionOptions, FloatArray, Tensor } from "qkv/core";
import type { Library } from "../../library.js";
import type { AttentionWork, MatmulWork, Way } from "../types.js";

/** Opens qkv from an instance of its own for each case, so that no case learns from another. */
export type MakeLibrary = () => Promise<Library>;

export function optionsOf({ causal, left }: AttentionWork): AttentionOptions | undefined {
  if (!causal) return undefined;
  return left === undefined ? { causal: true } : { causal: true, window: { left } };
}

export function qkvAttention(make: MakeLibrary, work: AttentionWork): Way[] {
  const open = async () => {
    const { attention } = await make();
    const [q, k, v] = tensorsOf(work);
    const options = optionsOf(work);
    const compute = () => attention(q, k, v, options).data;
    return { run: () => compute()[0], results: compute };
  };
  return [{ open }];
}

/** `[H,L,D]` and `[H,S,D]` as views. */
export function tensorsOf({ heads, queries, keys, size, q, k, v }: AttentionWork) {
  return [
    view(q, [heads, queries, size]),
    view(k, [heads, keys, size]),
    view(v, [heads, keys, size]),
  ] as const;
}

export function qkvMatmul(make: MakeLibrary, { m, k, n, a, b }: MatmulWork): Way[] {
  const open = async () => {
    const { matmul } = await make();
    const [left, right] = [view(a, [m, k]), view(b, [k, n])];
    const compute = () => matmul(left, right).data;
    return { run: () => compute()[0], results: compute };
  };
  return [{ open }];
}

/** A row-major view of a buffer. */
export function view<D extends FloatArray>(data: D, shape: readonly number[]): Tensor<D> {
  const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const dtype = data instanceof Float32Array ? "float32" : "float64";
  return { data, shape, stride, offset: 0, dtype } as Tensor<D>;
}
