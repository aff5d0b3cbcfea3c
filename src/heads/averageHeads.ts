import {
  canonicalizeNaN,
  freshTensor,
  sizeOf,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";

/** `[..., H, L, S]` → `[..., L, S]`: the sum over heads, ascending, then one division. */
export function averageHeads<A extends FloatArray>({ data, shape }: Tensor<A>): Tensor<A> {
  const axis = shape.length - 3;
  const heads = shape[axis];
  const pairs = sizeOf(shape.slice(axis + 1));
  const batch = sizeOf(shape.slice(0, axis));
  const mean = new (data.constructor as new (size: number) => A)(batch * pairs);
  for (let b = 0, from = 0; b < batch; b++) {
    const to = b * pairs;
    for (let h = 0; h < heads; h++) {
      // Each store rounds to the precision of the weights.
      for (let i = 0; i < pairs; i++) mean[to + i] += data[from++];
    }
    for (let i = 0; i < pairs; i++) mean[to + i] /= heads;
  }
  canonicalizeNaN(mean);
  return freshTensor(mean, [...shape.slice(0, axis), ...shape.slice(axis + 1)]);
}
