import { rangeError, showShape, typeError, type FloatArray, type Tensor } from "../tensor/index.js";
import type { TensorParam } from "./params.js";

const fn = "multiHeadAttention";

/** The parameters that were given, read. */
export type Tensors<A extends FloatArray> = { [name in TensorParam]?: Tensor<A> };

/** A parameter that the others ask for. */
export function required<A extends FloatArray>(
  tensors: Tensors<A>,
  name: TensorParam,
  what: string,
): Tensor<A> {
  const found = tensors[name];
  if (found !== undefined) return found;
  throw typeError(fn, `params.${name}`, what, "undefined");
}

/** Throws unless a parameter has the expected shape, in which text stands for any length. */
export function expectShape(
  name: TensorParam,
  { shape }: Tensor<FloatArray>,
  expected: readonly (number | string)[],
  letters: string,
  { given = shape, fix }: { given?: readonly number[]; fix?: string | undefined } = {},
): void {
  const fits = (n: number | string, axis: number): boolean =>
    typeof n === "string" || n === shape[axis];
  if (shape.length === expected.length && expected.every(fits)) return;
  const transposed =
    shape.length === 2 &&
    expected.length === 2 &&
    shape[0] === expected[1] &&
    (shape[1] === expected[0] || typeof expected[0] === "string");
  throw rangeError(
    fn,
    `params.${name}`,
    `${letters} = [${expected.join(", ")}]`,
    showShape(given),
    transposed ? "weights are [out, in]: exchange the axes" : fix,
  );
}
