import { tensor, toNested, type Tensor } from "qkv/core";

/** A tensor with memory of its own: a view would take along the memory that it is a part of. */
export function copyTensor(view: Tensor<Float32Array>): Tensor<Float32Array> {
  const numbers = (toNested(view) as number[][][]).flat(2);
  return tensor(Float32Array.from(numbers), { shape: view.shape });
}
