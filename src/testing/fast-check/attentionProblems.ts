import { checkArguments } from "../../tensor/index.js";
import fc from "fast-check";
import { drawProblem } from "../draw.js";
import { readSupports } from "../readSupports.js";
import { toCall, type Call } from "../toCall.js";
import type { Supports } from "../types.js";

/** How many sizes the problems of a check have; see `runs` of `checkAttention`. */
const sizes = 60;

/**
 * An arbitrary of attention problems, for fast-check: `{ query, key, value, options }` as `checkAttention` gives
 * them to a function, with masks and options that it supports. Every row may attend one key at least.
 * Problems shrink to 1×1 without options.
 *
 * @param supports - as for `checkAttention`. Default: query, key and value of rank 2 and nothing else.
 * @throws TypeError or RangeError for what cannot be supported.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { attention } from "qkv/core";
 * import { attentionProblems } from "qkv/testing/fast-check";
 *
 * fc.assert(
 *   fc.property(attentionProblems({ mask: "allow" }), ({ query, key, value, options: { mask } }) => {
 *     const output = attention(query, key, value, mask ? { allow: mask } : {});
 *     return output.data.every(Number.isFinite);
 *   }),
 * );
 * ```
 */
export function attentionProblems(supports: Supports = {}): fc.Arbitrary<Call> {
  checkArguments("attentionProblems", arguments.length, ["supports"]);
  const supported = readSupports("attentionProblems", supports, "supports");
  return fc
    .tuple(fc.nat(sizes - 1), fc.integer())
    .map(([index, seed]) => toCall(drawProblem({}, supported, seed, index, sizes), supported));
}
