import * as qkv from "../../src/core.js";
import { denseOf, viewOf } from "./tensors.js";
import type { Library, Outputs, VectorCase } from "./vectors.js";
import { expectKnown, find, input, toFloats } from "./vectors.js";

/** ONNX Softmax from opset 13 on (one axis, the last by default), and the hard softmax cases. */
export function runSoftmax(vector: VectorCase, { logSumExp, softmax }: Library = qkv): Outputs {
  expectKnown(vector, { attributes: ["axis"], inputs: ["x"], outputs: ["y", "lse"] });
  if (vector.opset !== null && vector.opset < 13) {
    throw new Error(`${vector.name}: before opset 13 the axis had another meaning`);
  }
  const x = viewOf(toFloats(input(vector, "x")));
  // Without the attribute the library's own default is what is tested.
  const { axis } = vector.attributes as { axis?: number };
  const options = axis === undefined ? {} : { axis };
  const y = denseOf(softmax(x, options));
  if (find(vector.outputs, "lse") === undefined) return { y };
  return { y, lse: denseOf(logSumExp(x, options)) };
}
