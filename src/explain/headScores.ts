import {
  checkArguments,
  describe,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type FloatArray,
  type TensorLike,
} from "../tensor/index.js";
import { readCount } from "./readArguments.js";

/** Reads `[L, L]` weights: the weight of key `j` for query `i`, and L. */
function readSquare(
  fn: string,
  weights: unknown,
): { at: (i: number, j: number) => number; length: number } {
  const { data, shape, stride, offset } = readTensor<FloatArray>(weights, fn, "weights", "float64");
  const [length] = shape;
  if (shape.length !== 2 || shape[1] !== length) {
    throw rangeError(fn, "weights", "[L, L] of one head", showShape(shape));
  }
  return { at: (i, j) => data[offset + i * stride[0] + j * stride[1]], length };
}

/** Reads what tells tokens apart: their ids or texts. */
function readIds(fn: string, ids: unknown, length: number): readonly (string | number)[] {
  if (Array.isArray(ids) && ids.length === length) return ids as (string | number)[];
  const expected = `${length} token ids or texts, one for each position`;
  if (!Array.isArray(ids)) throw typeError(fn, "ids", expected, describe(ids));
  throw rangeError(fn, "ids", expected, String(ids.length));
}

/** The mean of a mass over the queries that have one; NaN if none has. */
function meanOver(length: number, mass: (i: number) => number | undefined): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const found = mass(i);
    if (found === undefined) continue;
    sum += found;
    count++;
  }
  return sum / count;
}

/** The earlier positions of the token at `i`. */
function earlier(ids: readonly (string | number)[], i: number): number[] {
  return ids.slice(0, i).flatMap((id, j) => (id === ids[i] ? [j] : []));
}

/**
 * How much a head attends to the token before: the mean of `w[i][i − 1]` over all queries but the first.
 * Previous-token heads: Elhage et al., "A Mathematical Framework for Transformer Circuits" (2021); this
 * score: Olsson et al., "In-context Learning and Induction Heads" (2022).
 *
 * @param weights - `[L, L]` of one head.
 * @returns from 0 to 1; NaN for fewer than two tokens.
 * @throws RangeError for another shape.
 *
 * @example
 * ```ts
 * import { previousTokenScore } from "qkv/explain";
 *
 * console.log(previousTokenScore([[1, 0, 0], [1, 0, 0], [0.5, 0.5, 0]]));
 * // → 0.75
 * ```
 */
export function previousTokenScore(weights: TensorLike): number {
  checkArguments("previousTokenScore", arguments.length, ["weights"]);
  const { at, length } = readSquare("previousTokenScore", weights);
  return meanOver(length, (i) => (i > 0 ? at(i, i - 1) : undefined));
}

/**
 * How much a head attends to what followed earlier occurrences of the current token: the mean over queries
 * that have one of `Σ w[i][j + 1]` over earlier `j` with the same token, `j + 1 < i`. After the prefix
 * matching score of Olsson et al., "In-context Learning and Induction Heads" (2022), who take it on
 * random tokens that are repeated; the sum over occurrences lets a perfect head score 1 in any text.
 *
 * @param weights - `[L, L]` of one head.
 * @param ids - what tells tokens apart, ids or texts, `L` of them.
 * @returns from 0 to 1; NaN if no token comes again.
 * @throws RangeError for another shape or another number of ids; TypeError for ids that are no array.
 *
 * @example
 * ```ts
 * import { inductionScore } from "qkv/explain";
 *
 * const weights = [[1, 0, 0], [0, 1, 0], [0.25, 0.75, 0]];
 * console.log(inductionScore(weights, ["a", "b", "a"]));
 * // → 0.75
 * ```
 */
export function inductionScore(weights: TensorLike, ids: readonly (string | number)[]): number {
  checkArguments("inductionScore", arguments.length, ["weights", "ids"]);
  const { at, length } = readSquare("inductionScore", weights);
  const names = readIds("inductionScore", ids, length);
  return meanOver(length, (i) => {
    // What follows the token just before is the query itself.
    const found = earlier(names, i).filter((j) => j + 1 < i);
    return found.length > 0 ? found.reduce((sum, j) => sum + at(i, j + 1), 0) : undefined;
  });
}

/**
 * How much a head attends to earlier occurrences of the current token: the mean over queries that have one
 * of `Σ w[i][j]` over earlier `j` with the same token. Duplicate-token heads: Wang et al.,
 * "Interpretability in the Wild: a Circuit for Indirect Object Identification in GPT-2 small" (2022).
 *
 * @param weights - `[L, L]` of one head.
 * @param ids - what tells tokens apart, ids or texts, `L` of them.
 * @returns from 0 to 1; NaN if no token comes again.
 * @throws RangeError for another shape or another number of ids; TypeError for ids that are no array.
 *
 * @example
 * ```ts
 * import { duplicateTokenScore } from "qkv/explain";
 *
 * const weights = [[1, 0, 0], [0, 1, 0], [0.25, 0.75, 0]];
 * console.log(duplicateTokenScore(weights, ["a", "b", "a"]));
 * // → 0.25
 * ```
 */
export function duplicateTokenScore(
  weights: TensorLike,
  ids: readonly (string | number)[],
): number {
  checkArguments("duplicateTokenScore", arguments.length, ["weights", "ids"]);
  const { at, length } = readSquare("duplicateTokenScore", weights);
  const names = readIds("duplicateTokenScore", ids, length);
  return meanOver(length, (i) => {
    const found = earlier(names, i);
    return found.length > 0 ? found.reduce((sum, j) => sum + at(i, j), 0) : undefined;
  });
}

/**
 * How much a head attends to the first token, whatever it is: the mean of `w[i][0]` over all queries.
 * Attention sinks: Xiao et al., "Efficient Streaming Language Models with Attention Sinks" (2023); this
 * score: Gu et al., "When Attention Sink Emerges in Language Models" (2024).
 *
 * @param weights - `[L, L]` of one head.
 * @returns from 0 to 1; NaN without tokens.
 * @throws RangeError for another shape.
 *
 * @example
 * ```ts
 * import { sinkScore } from "qkv/explain";
 *
 * console.log(sinkScore([[1, 0], [0.5, 0.5]]));
 * // → 0.75
 * ```
 */
export function sinkScore(weights: TensorLike): number {
  checkArguments("sinkScore", arguments.length, ["weights"]);
  const { at, length } = readSquare("sinkScore", weights);
  return meanOver(length, (i) => at(i, 0));
}

/**
 * How much a head attends to its neighbourhood: the mean over queries of `Σ w[i][j]` over `|i − j| ≤ width`.
 * Heads that stay near a fixed distance are described by Voita et al., "Analyzing Multi-Head
 * Self-Attention" (2019), and Clark et al., "What Does BERT Look At?" (2019); this score is this library's.
 *
 * @param weights - `[L, L]` of one head.
 * @param width - how many neighbours on each side count, a non-negative integer.
 * @returns from 0 to 1; NaN without tokens.
 * @throws RangeError for another shape or a negative width.
 *
 * @example
 * ```ts
 * import { localScore } from "qkv/explain";
 *
 * console.log(localScore([[0.5, 0.5, 0], [0.25, 0.5, 0.25], [1, 0, 0]], 1).toFixed(2));
 * // → 0.67
 * ```
 */
export function localScore(weights: TensorLike, width: number): number {
  checkArguments("localScore", arguments.length, ["weights", "width"]);
  const { at, length } = readSquare("localScore", weights);
  readCount("localScore", "width", width);
  return meanOver(length, (i) => {
    let sum = 0;
    for (let j = Math.max(0, i - width); j <= Math.min(length - 1, i + width); j++) sum += at(i, j);
    return sum;
  });
}
