import { checkArguments, describe, typeError } from "../tensor/index.js";
import { readMask } from "./readMask.js";
import { complement, intersection } from "./bound.js";
import { nameOf, reasonsOf } from "./reasons.js";
import type { BoundMask, Mask, MaskRule, Pair } from "./types.js";

/**
 * Pairs that all of the given masks allow. Without masks: every pair.
 *
 * @throws TypeError for anything that is no mask, when the rule is used.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.and(masks.causal(), [true, false]), [2, 2])));
 * // → [ [ 1, 0 ], [ 1, 0 ] ]
 * ```
 */
export function and(...masks: Mask[]): MaskRule {
  return combined("and", masks, (bound, reasons) => ({ ...intersection(bound), reason: reasons }));
}

/**
 * Pairs that at least one of the given masks allows. Without masks: no pair.
 *
 * @throws TypeError for anything that is no mask, when the rule is used.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.or(masks.causal(), [false, true]), [2, 2])));
 * // → [ [ 1, 1 ], [ 1, 1 ] ]
 * ```
 */
export function or(...masks: Mask[]): MaskRule {
  // a or b = not (not a and not b): one walk over tiles serves both.
  return combined("or", masks, (bound, reasons) => ({
    ...complement(intersection(bound.map(complement))),
    reason: (...pair) =>
      `no part allows it${masks.length === 0 ? ", for there is none" : `: ${reasons(...pair).join(", ")}`}`,
  }));
}

/**
 * Pairs that the given mask blocks.
 *
 * @throws TypeError for anything that is no mask, when the rule is used.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.not(masks.causal()), [2, 2])));
 * // → [ [ 0, 1 ], [ 0, 0 ] ]
 * ```
 */
export function not(mask: Mask): MaskRule {
  checkArguments("masks.not", arguments.length, ["mask"]);
  return combined("not", [mask], ([bound]) => ({
    ...complement(bound),
    reason: () => `${nameOf(mask, "a tensor")} is true`,
  }));
}

function combined(
  by: "and" | "or" | "not",
  masks: Mask[],
  join: (bound: BoundMask[], reasons: (...pair: Pair) => string[]) => BoundMask,
): MaskRule {
  return {
    kind: "mask",
    made: { by, with: masks },
    bind(shape, place) {
      for (const mask of masks) {
        if (mask !== undefined && mask !== null) continue;
        throw typeError(place.fn, place.argument, "masks to combine", describe(mask));
      }
      const bound = masks.map((mask) => readMask(mask, "allow", shape, place));
      return join(bound, (...pair) =>
        masks.flatMap((mask, n) => reasonsOf(mask, bound[n], "a tensor", ...pair)),
      );
    },
  };
}
