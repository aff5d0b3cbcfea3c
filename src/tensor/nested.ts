import { describe, rangeError, showShape, typeError } from "./errors.js";
import type { FloatArray, NestedArray, TensorView } from "./types.js";

const deepest = 32;

/** Walks nested arrays once: their shape, and their leaves in row-major order. */
export function flatten(
  value: unknown,
  leaf: "number" | "boolean",
  fn: string,
  argument: string,
): { shape: number[]; values: unknown[] & number[] } {
  const shape: number[] = [];
  for (let inner = value; Array.isArray(inner); inner = inner[0]) {
    // An array that contains itself would go on for ever.
    if (shape.push(inner.length) > deepest) {
      throw rangeError(fn, argument, `arrays nested at most ${deepest} deep`, "deeper nesting");
    }
  }
  const values: unknown[] = [];
  const walk = (node: unknown, axis: number, path: string): void => {
    if (axis === shape.length && typeof node === leaf) {
      values.push(node);
    } else if (axis === shape.length && !Array.isArray(node)) {
      throw typeError(fn, path, `a ${leaf}`, describe(node), wrongLeafFix(node, leaf));
    } else if (!Array.isArray(node) || node.length !== shape[axis]) {
      const expected = axis === shape.length ? `a ${leaf}` : `an array of length ${shape[axis]}`;
      throw rangeError(
        fn,
        path,
        `${expected}, as the first rows have (shape ${showShape(shape)})`,
        describe(node),
        "nested arrays must not be ragged",
      );
    } else {
      // Not forEach: holes of a sparse array must reach the leaf check.
      for (let i = 0; i < node.length; i++) walk(node[i], axis + 1, `${path}[${i}]`);
    }
  };
  walk(value, 0, argument);
  return { shape, values: values as unknown[] & number[] };
}

function wrongLeafFix(node: unknown, leaf: string): string | undefined {
  if (ArrayBuffer.isView(node)) {
    return "put all numbers into one typed array and give it a shape: tensor(data, { shape: [...] })";
  }
  if (typeof node === "object" && node !== null && "data" in node) {
    return "write toNested(x) for a tensor x inside of an array";
  }
  if (leaf === "number") {
    return typeof node === "boolean" ? "booleans belong in `allow` or `block`" : undefined;
  }
  return typeof node === "number"
    ? "write true and false; numbers that are added to the scores go into `bias`"
    : undefined;
}

/** The elements of a view as nested arrays, however it is strided. */
export function nest(view: TensorView<FloatArray>): NestedArray {
  const build = (axis: number, offset: number): NestedArray => {
    if (axis === view.shape.length) return view.data[offset];
    return Array.from({ length: view.shape[axis] }, (_, i) =>
      build(axis + 1, offset + i * view.stride[axis]),
    );
  };
  return build(0, view.offset);
}
