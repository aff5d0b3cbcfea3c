import { blockRows, tileSize } from "../elementary/tileSize.js";
import { describe, readBooleans, typeError, type Tensor } from "../tensor/index.js";
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
  const look = (start: number, i0: number, i1: number, j0: number, j1: number): number => {
    let found = 0;
    for (let i = i0; i < i1; i++) {
      for (let j = j0, at = start + i * row + j0 * column; j < j1; j++, at += column) {
        found |= data[at] === visible ? hasVisible : hasBlocked;
        if (found === hasBoth) return found;
      }
    }
    return found;
  };
  const lookUp = summaries(shape, row, column, look);
  return {
    coverage(b, h, i0, i1, j0, j1) {
      const start = starts[b * shape.heads + h];
      // One row alone is asked for once: a summary would cost more than it saves.
      const found = (i1 - i0 === 1 ? look : lookUp)(start, i0, i1, j0, j1);
      if (found === hasBoth) return coverage.some;
      return found === hasVisible ? coverage.all : coverage.none;
    },
    narrow(b, h, i, j0, j1, allowed) {
      let at = starts[b * shape.heads + h] + i * row + j0 * column;
      for (let j = 0; j < j1 - j0; j++, at += column) if (data[at] !== visible) allowed[j] = 0;
    },
  };
}

// What is among some pairs, as bits, so that two sets of pairs together have the bits of both.
const hasBlocked = 1;
const hasVisible = 2;
const hasBoth = 3;

/** Which of these bits the pairs of the matrix at `start` have. */
type Look = (start: number, i0: number, i1: number, j0: number, j1: number) => number;

/**
 * Looks at whole blocks of queries and tiles of keys around the pairs, at each of them once a call: heads and
 * batch entries that share a matrix of the mask share what was seen.
 */
function summaries({ queries, keys }: ScoreShape, row: number, column: number, look: Look): Look {
  // Where an axis repeats, its first block stands for all of them.
  const rows = row === 0 ? 1 : Math.ceil(queries / blockRows);
  const columns = column === 0 ? 1 : Math.ceil(keys / tileSize);
  const seen = new Map<number, Uint8Array>();
  return (start, i0, i1, j0, j1) => {
    // 0: not yet looked at.
    let blocks = seen.get(start);
    if (!blocks) seen.set(start, (blocks = new Uint8Array(rows * columns)));
    const lastRow = Math.min(rows, Math.ceil(i1 / blockRows));
    const lastColumn = Math.min(columns, Math.ceil(j1 / tileSize));
    let found = 0;
    for (let r = Math.min(rows - 1, Math.floor(i0 / blockRows)); r < lastRow; r++) {
      for (let c = Math.min(columns - 1, Math.floor(j0 / tileSize)); c < lastColumn; c++) {
        const at = r * columns + c;
        if (blocks[at] === 0) {
          const [i, j] = [r * blockRows, c * tileSize];
          const [iEnd, jEnd] = [Math.min(queries, i + blockRows), Math.min(keys, j + tileSize)];
          blocks[at] = look(start, i, iEnd, j, jEnd);
        }
        found |= blocks[at];
        if (found === hasBoth) return found;
      }
    }
    return found;
  };
}
