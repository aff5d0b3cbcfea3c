import { checkArguments } from "../tensor/index.js";
import { readAlign, standing, type Align } from "./align.js";
import { coverage, type BoundMask, type MaskRule } from "./types.js";

/**
 * No look ahead: key `j` is visible to query `i` iff `j ≤ i + offset`.
 *
 * @param align - how L queries stand among S keys; may be left out only while L = S.
 * @throws TypeError for anything else than the named alignments, when the rule is used.
 * @throws RangeError for L ≠ S without an alignment, when the rule is used.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.causal("bottomRight"), [2, 3])));
 * // → [ [ 1, 1, 0 ], [ 1, 1, 1 ] ]
 * ```
 */
export function causal(align?: Align): MaskRule {
  checkArguments("masks.causal", arguments.length, ["align"]);
  return {
    kind: "mask",
    made: { by: "causal", with: [align] },
    bind(shape, place) {
      return boundCausal(readAlign(align, shape, place, "masks.causal()"));
    },
  };
}

function boundCausal(offsets: Float64Array): BoundMask {
  return {
    coverage(b, _h, i0, i1, j0, j1) {
      const offset = offsets[b];
      if (j0 > i1 - 1 + offset) return coverage.none;
      return j1 - 1 <= i0 + offset ? coverage.all : coverage.some;
    },
    narrow(b, _h, i, j0, j1, allowed) {
      for (let j = Math.max(j0, i + offsets[b] + 1); j < j1; j++) allowed[j - j0] = 0;
    },
    reason: (b, _h, i, j) => `key ${j} comes after query ${i}${standing(i, offsets[b])}`,
  };
}
