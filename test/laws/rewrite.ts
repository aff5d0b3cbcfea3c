import { range } from "../../src/testing/problem.js";
import { offsetOf, visibility } from "../helpers/oracle.js";
import type { Align, Problem } from "../helpers/problem.js";
import { pairShape, sizesOf } from "../helpers/problem.js";
import type { AnyArray, Dense } from "../helpers/tensors.js";
import { reshape, takeAxis } from "../helpers/tensors.js";

// Problems made from problems. A law compares what the library says to both.

function without<K extends keyof Problem>(problem: Problem, ...keys: K[]): Omit<Problem, K> {
  const copy: Partial<Problem> = { ...problem };
  for (const key of keys) delete copy[key];
  return copy as Omit<Problem, K>;
}

/** The same pairs, as one dense `allow` in place of every rule and length. −Infinity stays in the bias. */
export function withDenseMask(problem: Problem): Problem {
  const allow = { data: visibility(problem), shape: pairShape(problem) };
  const rest = without(
    problem,
    ...(["block", "causal", "window", "keyLengths", "queryLengths", "segments"] as const),
  );
  return { ...rest, allow };
}

/** Empty rows are zeros, whatever was asked for: for laws that add or remove rows and keys. */
export function withZeroEmptyRows(problem: Problem): Problem {
  return { ...problem, emptyRow: "zero" };
}

export function withoutSinks(problem: Problem): Problem {
  return without(problem, "sinks");
}

export function withoutStyle(problem: Problem): Problem {
  return without(problem, "style");
}

/** Applies a change to every tensor over pairs that really has the axis, counted from the end. */
function mapPairs(
  problem: Problem,
  axis: number,
  change: <D extends AnyArray>(tensor: Dense<D>, kind: "allow" | "block" | "bias") => Dense<D>,
): Partial<Problem> {
  const length = pairShape(problem).at(axis);
  const has = ({ shape }: Dense): boolean => shape.length >= -axis && shape.at(axis) === length;
  return {
    ...(problem.allow && has(problem.allow) ? { allow: change(problem.allow, "allow") } : {}),
    ...(problem.block && has(problem.block) ? { block: change(problem.block, "block") } : {}),
    ...(problem.bias && has(problem.bias) ? { bias: change(problem.bias, "bias") } : {}),
  };
}

/** Queries `start` to `end`, rules and all: what a cache would ask for in one step. */
export function sliceQueries(problem: Problem, start: number, end: number): Problem {
  const indices = range(end - start).map((i) => start + i);
  const shift = (align: Align): Align => ({
    offset: offsetsOf(problem, align).map((offset) => offset + start),
  });
  const { causal, window, segments, queryLengths } = problem;
  const centered =
    window && (causal === undefined ? { align: shift(window.align ?? "topLeft") } : {});
  return {
    ...problem,
    query: takeAxis(problem.query, -2, indices),
    ...mapPairs(problem, -2, (tensor) => takeAxis(tensor, -2, indices)),
    ...(causal === undefined ? {} : { causal: shift(causal === true ? "topLeft" : causal) }),
    ...(window ? { window: { ...window, ...centered } } : {}),
    ...(segments ? { segments: { ...segments, query: segments.query.slice(start, end) } } : {}),
    ...(queryLengths
      ? { queryLengths: queryLengths.map((n) => Math.min(Math.max(n - start, 0), end - start)) }
      : {}),
  };
}

/** An alignment as one offset per batch entry. */
function offsetsOf(problem: Problem, align: Align): number[] {
  const sizes = sizesOf(problem);
  return range(sizes.B).map((b) => offsetOf(problem, sizes, align, b));
}

/** Queries behind the last one, filled with anything; offsets stay what they were. */
export function appendQueries(problem: Problem, count: number, fill: () => number): Problem {
  const { L } = sizesOf(problem);
  const indices = [...range(L), ...new Array<number>(count).fill(-1)];
  const { causal, window, segments } = problem;
  const pin = (align: Align): Align => ({ offset: offsetsOf(problem, align) });
  return {
    ...problem,
    query: takeAxis(problem.query, -2, indices, fill),
    ...mapPairs(problem, -2, (tensor, kind) =>
      takeAxis(tensor, -2, indices, kind === "bias" ? fill : (at) => at % 2),
    ),
    ...(causal === undefined ? {} : { causal: pin(causal === true ? "topLeft" : causal) }),
    ...(window && causal === undefined
      ? { window: { ...window, align: pin(window.align ?? "topLeft") } }
      : {}),
    ...(segments
      ? { segments: { ...segments, query: [...segments.query, ...range(count).map(() => 0)] } }
      : {}),
  };
}

/** Keys behind the last one, cut off by `keyLengths`: nothing of them may be read. */
export function appendKeys(problem: Problem, count: number, fill: () => number): Problem {
  const { B, S } = sizesOf(problem);
  const indices = [...range(S), ...new Array<number>(count).fill(-1)];
  const { segments, causal, window } = problem;
  return {
    ...problem,
    keyLengths: problem.keyLengths ?? new Array<number>(B).fill(S),
    key: takeAxis(problem.key, -2, indices, fill),
    value: takeAxis(problem.value, -2, indices, fill),
    ...mapPairs(problem, -1, (tensor, kind) =>
      takeAxis(tensor, -1, indices, kind === "bias" ? fill : (at) => at % 2),
    ),
    ...(causal === true ? { causal: "topLeft" as const } : {}),
    ...(window && causal === undefined ? { window: { align: "topLeft", ...window } } : {}),
    ...(segments
      ? { segments: { ...segments, key: [...segments.key, ...range(count).map(() => 0)] } }
      : {}),
  };
}

/** Some of the keys, in any order. Needs a problem whose masks are dense. */
export function takeKeys(problem: Problem, indices: readonly number[]): Problem {
  if (problem.causal !== undefined || problem.window || problem.segments || problem.keyLengths) {
    throw new Error("takeKeys needs dense masks");
  }
  return {
    ...problem,
    key: takeAxis(problem.key, -2, indices),
    value: takeAxis(problem.value, -2, indices),
    ...mapPairs(problem, -1, (tensor) => takeAxis(tensor, -1, indices)),
  };
}

/** One batch entry as a problem without batch axes. */
export function takeBatchEntry(problem: Problem, entry: number): Problem {
  const { B } = sizesOf(problem);
  const axes = problem.batch.length;
  const drop = <D extends AnyArray>(tensor: Dense<D>): Dense<D> => {
    const flat = reshape(tensor, [B, ...tensor.shape.slice(axes)]);
    return reshape(takeAxis(flat, 0, [entry]), tensor.shape.slice(axes));
  };
  const pairs = <D extends AnyArray>(tensor: Dense<D>): Dense<D> => {
    if (axes === 0 || tensor.shape.length !== pairShape(problem).length) return tensor;
    // The leading axes may be 1 each on their own.
    let rest = entry;
    let piece = tensor;
    for (let axis = axes - 1; axis >= 0; axis--) {
      const index = rest % problem.batch[axis];
      rest = Math.floor(rest / problem.batch[axis]);
      piece = takeAxis(piece, axis, [piece.shape[axis] === 1 ? 0 : index]);
    }
    return reshape(piece, tensor.shape.slice(axes));
  };
  const own = (align: Align): Align =>
    typeof align === "string" || typeof align.offset === "number"
      ? align
      : { offset: [align.offset[entry]] };
  const { causal, window, keyLengths, queryLengths, allow, block, bias } = problem;
  return {
    ...problem,
    batch: [],
    query: drop(problem.query),
    key: drop(problem.key),
    value: drop(problem.value),
    ...(allow ? { allow: pairs(allow) } : {}),
    ...(block ? { block: pairs(block) } : {}),
    ...(bias ? { bias: pairs(bias) } : {}),
    ...(causal === undefined || causal === true ? {} : { causal: own(causal) }),
    ...(window?.align ? { window: { ...window, align: own(window.align) } } : {}),
    ...(keyLengths ? { keyLengths: [keyLengths[entry]] } : {}),
    ...(queryLengths ? { queryLengths: [queryLengths[entry]] } : {}),
  };
}
