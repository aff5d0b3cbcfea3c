import { blockRows, tileSize } from "../elementary/tileSize.js";
import { describe, readBooleans, typeError, type Tensor } from "../tensor/index.js";
import { broadcastScores } from "./broadcast.js";
import { complement } from "./bound.js";
import {
  coverage,
  type BiasRule,
  type BoundMask,
  type Coverage,
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
  const expected = "booleans or a rule from `masks`";
  if (isRule(value, "bias")) {
    throw typeError(fn, argument, expected, "a rule from `biases`", "write it as `bias`");
  }
  if (typeof value === "function") {
    const fix = "call the rule, as in masks.causal(), or write masks.where(function)";
    throw typeError(fn, argument, expected, describe(value), fix);
  }
  const mask = readBooleans(value, fn, argument, expected);
  place.tensors?.set(value, mask);
  return boundTensor(mask, polarity, shape, place);
}

/** True for what the functions of `masks` and `biases` return. */
export function isRule(value: unknown, kind?: "mask" | "bias"): boolean {
  const rule = value as Partial<MaskRule | BiasRule> | null | undefined;
  if (typeof rule?.bind !== "function") return false;
  return kind === undefined ? rule.kind === "mask" || rule.kind === "bias" : rule.kind === kind;
}

function boundTensor(
  mask: Tensor<Uint8Array>,
  polarity: "allow" | "block",
  shape: ScoreShape,
  place: Place,
): BoundMask {
  const { starts, row, column } = broadcastScores(mask, shape.scoresShape, place);
  const { data } = mask;
  place.reads?.push(data.buffer);
  const visible = polarity === "allow" ? 1 : 0;
  const count = (start: number, i0: number, i1: number, j0: number, j1: number): Coverage => {
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
  };
  const summaryOf = summaries(shape, row, column, count);
  return {
    coverage(b, h, i0, i1, j0, j1) {
      const start = starts[b * shape.heads + h];
      // One row alone is asked for once: a summary would cost more than it saves.
      if (i1 - i0 === 1) return count(start, i0, i1, j0, j1);
      return summaryOf(start, i0, i1, j0, j1);
    },
    narrow(b, h, i, j0, j1, allowed) {
      let at = starts[b * shape.heads + h] + i * row + j0 * column;
      for (let j = 0; j < j1 - j0; j++, at += column) if (data[at] !== visible) allowed[j] = 0;
    },
  };
}

/**
 * Answers for blocks of pairs from summaries of a block of queries and a tile of keys, each counted once a
 * call: heads and batch entries that share a matrix of the mask share its summary.
 */
function summaries(
  { queries, keys }: ScoreShape,
  row: number,
  column: number,
  count: (start: number, i0: number, i1: number, j0: number, j1: number) => Coverage,
): (start: number, i0: number, i1: number, j0: number, j1: number) => Coverage {
  // Where an axis repeats, its first block stands for all of them.
  const rows = row === 0 ? 1 : Math.ceil(queries / blockRows);
  const columns = column === 0 ? 1 : Math.ceil(keys / tileSize);
  const known = new Map<number, Uint8Array>();
  const unknown = 3;
  return (start, i0, i1, j0, j1) => {
    let summary = known.get(start);
    if (!summary) known.set(start, (summary = new Uint8Array(rows * columns).fill(unknown)));
    let answer: number = unknown;
    const lastRow = Math.min(rows, Math.ceil(i1 / blockRows));
    const lastColumn = Math.min(columns, Math.ceil(j1 / tileSize));
    for (let r = Math.min(rows - 1, Math.floor(i0 / blockRows)); r < lastRow; r++) {
      for (let c = Math.min(columns - 1, Math.floor(j0 / tileSize)); c < lastColumn; c++) {
        const at = r * columns + c;
        if (summary[at] === unknown) {
          const [i, j] = [r * blockRows, c * tileSize];
          const [iEnd, jEnd] = [Math.min(queries, i + blockRows), Math.min(keys, j + tileSize)];
          summary[at] = count(start, i, iEnd, j, jEnd);
        }
        if (summary[at] === coverage.some || (answer !== unknown && summary[at] !== answer)) {
          return coverage.some;
        }
        answer = summary[at];
      }
    }
    return answer === unknown ? coverage.none : (answer as Coverage);
  };
}
