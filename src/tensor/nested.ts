import { describe, rangeError, showShape, typeError } from "./errors.js";
import type { FloatArray, NestedNumbers, TensorView } from "./types.js";

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
      throw rangeError({
        fn,
        argument,
        expected: `arrays nested at most ${deepest} deep`,
        got: "deeper nesting",
      });
    }
  }
  const values: unknown[] = [];
  const walk = (node: unknown, axis: number, path: string): void => {
    if (axis === shape.length) {
      if (typeof node === leaf) values.push(node);
      else if (Array.isArray(node)) throw ragged(path, `another level of arrays`, "a " + leaf);
      else throw wrongLeaf(node, path);
      return;
    }
    if (!Array.isArray(node)) throw ragged(path, describe(node), `an array of ${shape[axis]}`);
    if (node.length !== shape[axis]) {
      throw ragged(path, countOf(node.length), countOf(shape[axis]));
    }
    // Not forEach: holes of a sparse array must reach the leaf check.
    for (let i = 0; i < node.length; i++) walk(node[i], axis + 1, `${path}[${i}]`);
  };
  const ragged = (path: string, got: string, expected: string): RangeError =>
    rangeError({
      fn,
      argument: path,
      expected: `${expected}, as the first rows have (shape ${showShape(shape)})`,
      got,
      fix: "nested arrays must not be ragged",
    });
  const wrongLeaf = (node: unknown, path: string): TypeError =>
    typeError({
      fn,
      argument: path,
      expected: `a ${leaf}`,
      got: describe(node),
      fix: wrongLeafFix(node, leaf),
    });
  walk(value, 0, argument);
  return { shape, values: values as unknown[] & number[] };
}

function wrongLeafFix(node: unknown, leaf: string): string | undefined {
  if (leaf === "boolean" && typeof node === "number") {
    return "a mask is made of true and false; numbers that are added to the scores go into `bias`";
  }
  if (leaf === "number" && typeof node === "boolean") {
    return "booleans belong in `allow` or `block`";
  }
  if (ArrayBuffer.isView(node)) {
    return "typed arrays do not nest; put all numbers into one and give it a shape: tensor(data, { shape: [...] })";
  }
  return undefined;
}

function countOf(elements: number): string {
  return elements === 1 ? "1 element" : `${elements} elements`;
}

/** The elements of a view as nested arrays, however it is strided. */
export function nest(view: TensorView<FloatArray>): NestedNumbers {
  const build = (axis: number, offset: number): NestedNumbers => {
    if (axis === view.shape.length) return view.data[offset];
    return Array.from({ length: view.shape[axis] }, (_, i) =>
      build(axis + 1, offset + i * view.stride[axis]),
    );
  };
  return build(0, view.offset);
}
