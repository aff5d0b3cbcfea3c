import { checkArguments } from "../tensor/index.js";
import { readPerBatch, type PerBatch } from "./perBatch.js";
import { coverage, type MaskRule } from "./types.js";

/**
 * Padding at the end: batch entry `b` has `keyLengths[b]` real keys, the rest is blocked. The option
 * `keyLengths` of `attention` does the same and costs less; this rule combines with others.
 *
 * @param keyLengths - one non-negative integer, or one for each batch entry.
 * @throws TypeError or RangeError for other lengths, when the rule is used.
 *
 * @example
 * ```ts
 * import { masks } from "qkv";
 *
 * console.log([...masks.dense(masks.lengths([1, 2]), [2, 1, 1, 2]).data]); // [B, H, L, S]
 * // → [ 1, 0, 1, 1 ]
 * ```
 */
export function lengths(keyLengths: PerBatch): MaskRule {
  checkArguments("masks.lengths", arguments.length, ["keyLengths"]);
  return firstKeys(
    keyLengths,
    "lengths",
    (j, keys) => `key ${j} is padding: the sequence has ${keys}`,
  );
}

/**
 * A prefix that every query sees, for prefix language models:
 * `masks.or(masks.prefix(n), masks.causal())`.
 *
 * @param length - keys in the prefix: one non-negative integer, or one for each batch entry.
 * @throws TypeError or RangeError for other lengths, when the rule is used.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.or(masks.prefix(2), masks.causal()), [3, 3])));
 * // → [ [ 1, 1, 0 ], [ 1, 1, 0 ], [ 1, 1, 1 ] ]
 * ```
 */
export function prefix(length: PerBatch): MaskRule {
  checkArguments("masks.prefix", arguments.length, ["length"]);
  return firstKeys(length, "prefix", (j, keys) => `key ${j} is not in the prefix of ${keys}`);
}

/** Key `j` is visible iff `j < count[b]`. */
function firstKeys(
  count: PerBatch,
  rule: "lengths" | "prefix",
  reason: (j: number, keys: string) => string,
): MaskRule {
  return {
    kind: "mask",
    made: { by: rule, with: [count] },
    bind(shape, { fn, argument }) {
      const place = { fn, argument: `${argument} (masks.${rule})` };
      const counts = readPerBatch(count, shape.batch, place, 0);
      return {
        coverage(b, _h, _i0, _i1, j0, j1) {
          if (j0 >= counts[b]) return coverage.none;
          return j1 <= counts[b] ? coverage.all : coverage.some;
        },
        narrow(b, _h, _i, j0, j1, allowed) {
          for (let j = Math.max(j0, counts[b]); j < j1; j++) allowed[j - j0] = 0;
        },
        reason: (b, _h, _i, j) => reason(j, `${counts[b]} ${counts[b] === 1 ? "key" : "keys"}`),
      };
    },
  };
}
