import { describe, dtypeOf, readBooleans, typeError, type Tensor } from "../tensor/index.js";
import { broadcastScores } from "./broadcast.js";
import { complement } from "./bound.js";
import { coverage, type BoundMask, type MaskRule, type Place, type ScoreShape } from "./types.js";

/** Binds a rule, or a boolean tensor in which true means allowed or blocked. */
export function readMask(
  value: unknown,
  polarity: "allow" | "block",
  shape: ScoreShape,
  place: Place,
): BoundMask {
  const { fn, argument } = place;
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  if (kind === "mask") {
    const bound = (value as MaskRule).bind(shape, place);
    return polarity === "allow" ? bound : complement(bound);
  }
  if (kind === "bias") {
    throw typeError({
      fn,
      argument,
      expected: "a mask (booleans, or a rule from `masks`)",
      got: "a rule from `biases`",
      fix: "write it as `bias`",
    });
  }
  if (value === null || typeof value === "function" || (kind !== undefined && !dtypeOf(value))) {
    throw typeError({
      fn,
      argument,
      expected: "a mask (booleans, or a rule from `masks`)",
      got: describe(value),
      fix: typeof value === "function" ? "write masks.where(function)" : undefined,
    });
  }
  return boundTensor(readBooleans(value, fn, argument), polarity, shape, place);
}

function boundTensor(
  mask: Tensor<Uint8Array>,
  polarity: "allow" | "block",
  shape: ScoreShape,
  place: Place,
): BoundMask {
  const { starts, row, column } = broadcastScores(mask, shape.scores, place);
  const { data } = mask;
  const visible = polarity === "allow" ? 1 : 0;
  return {
    coverage(b, h, i0, i1, j0, j1) {
      const start = starts[b * shape.heads + h];
      let seen = 0;
      let pairs = 0;
      for (let i = i0; i < i1; i++) {
        for (let j = j0, at = start + i * row + j0 * column; j < j1; j++, at += column) {
          if (data[at] === visible) seen++;
          pairs++;
          if (seen !== 0 && seen !== pairs) return coverage.some;
        }
      }
      return seen === 0 ? coverage.none : coverage.all;
    },
    narrow(b, h, i, j0, j1, allowed) {
      let at = starts[b * shape.heads + h] + i * row + j0 * column;
      for (let j = 0; j < j1 - j0; j++, at += column) if (data[at] !== visible) allowed[j] = 0;
    },
  };
}
