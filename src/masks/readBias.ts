import {
  describe,
  readTensor,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { broadcastScores } from "./broadcast.js";
import { isRule } from "./readMask.js";
import type { BiasRule, BoundBias, Place, ScoreShape } from "./types.js";

/** Binds a rule, or a numeric tensor that is added to the scores. */
export function readBias(
  value: unknown,
  shape: ScoreShape,
  place: Place,
  dtype: DType,
): BoundBias[] {
  const { fn, argument } = place;
  if (isRule(value, "bias")) return (value as BiasRule).bind(shape, place, dtype);
  if (isRule(value, "mask")) {
    throw typeError(
      fn,
      argument,
      "numbers that are added to the scores, or a rule from `biases`",
      "a rule from `masks`",
      "write it as `allow` (true = may attend) or `block` (true = may not)",
    );
  }
  const bias = readTensor(value, fn, argument, dtype);
  if (bias.dtype !== dtype) {
    throw typeError(fn, argument, `${dtype}, the precision of the inputs`, describe(value));
  }
  place.tensors?.set(value, bias);
  return [boundTensor(bias, shape, place)];
}

function boundTensor(bias: Tensor<FloatArray>, shape: ScoreShape, place: Place): BoundBias {
  const { starts, row, column } = broadcastScores(bias, shape.scoresShape, place);
  const { data } = bias;
  place.reads?.push(data.buffer);
  return {
    read(b, h, i, j0, j1, into) {
      let at = starts[b * shape.heads + h] + i * row + j0 * column;
      for (let j = 0; j < j1 - j0; j++, at += column) into[j] = data[at];
    },
  };
}
