import { describe, dtypeOf, readBooleans, typeError, type Tensor } from "../tensor/index.js";
import { broadcastScores } from "./broadcast.js";
import { complement } from "./bound.js";
import {
  coverage,
  type BiasRule,
  type BoundMask,
  type MaskRule,
  type Place,
  type ScoreShape,
} from "./types.js";

/** Binds a rule, or a boolean tensor in which true means allowed or blocked. */
export function readMask(
  value: unknown,
  polarity: "allow" | "block",
  shape: ScoreShape,
  place: Place,
): BoundMask {
  const { fn, argument } = place;
  if (isRule(value, "mask")) {
    const bound = (value as MaskRule).bind(shape, place);
    return polarity === "allow" ? bound : complement(bound);
  }
  if (typeof value === "boolean" || Array.isArray(value) || dtypeOf(value) !== undefined) {
    return boundTensor(readBooleans(value, fn, argument), polarity, shape, place);
  }
  const got = isRule(value, "bias") ? "a rule from `biases`" : describe(value);
  const fix =
    typeof value === "function"
      ? "call the rule, as in masks.causal(), or write masks.where(function)"
      : isRule(value, "bias")
        ? "write it as `bias`"
        : undefined;
  const expected = "booleans or a rule from `masks`";
  throw typeError(fn, argument, expected, got, fix);
}

/** True for what the functions of `masks` and `biases` return. */
export function isRule(value: unknown, kind: "mask" | "bias"): boolean {
  const rule = value as Partial<MaskRule | BiasRule> | null | undefined;
  return rule?.kind === kind && typeof rule.bind === "function";
}

function boundTensor(
  mask: Tensor<Uint8Array>,
  polarity: "allow" | "block",
  shape: ScoreShape,
  place: Place,
): BoundMask {
  const { starts, row, column } = broadcastScores(mask, shape.scores, place);
  const { data } = mask;
  place.reads?.push(data.buffer);
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
