import { and, not, or } from "./algebra.js";
import { causal } from "./causal.js";
import { lengths, prefix } from "./lengths.js";
import { dense, sparsity } from "./materialize.js";
import { segments } from "./segments.js";
import { where } from "./where.js";
import { window } from "./window.js";

/**
 * Rules for the options `allow` and `block`, their algebra, and two ways to look at them.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * const rule = masks.or(masks.prefix(2), masks.causal());
 * console.log(toNested(masks.dense(rule, [4, 4])));
 * // → [ [ 1, 1, 0, 0 ], [ 1, 1, 0, 0 ], [ 1, 1, 1, 0 ], [ 1, 1, 1, 1 ] ]
 * console.log(masks.sparsity(masks.causal(), [1024, 1024]));
 * // → 0.46875
 * ```
 */
export const masks = {
  causal,
  window,
  lengths,
  prefix,
  segments,
  where,
  and,
  or,
  not,
  dense,
  sparsity,
} as const;
