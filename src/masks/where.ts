import { checkArguments, describe, typeError } from "../tensor/index.js";
import { checkPairFunction } from "./pairFunction.js";
import { coverage, type MaskRule } from "./types.js";

/**
 * Any pattern: a function that says whether query `i` may attend key `j`. It is asked for single
 * pairs, so that nothing is skipped; combine it with a rule that is (`masks.and`) where it can be.
 *
 * @param visible - called with the batch entry (leading axes flattened), the head, the query and
 *   the key; true = may attend. It must give the same answer each time.
 * @throws TypeError if the function takes exactly two arguments, which would be the batch entry and
 *   the head, or returns anything but true or false.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.where((b, h, i, j) => (i + j) % 2 === 0), [2, 3])));
 * // → [ [ 1, 0, 1 ], [ 0, 1, 0 ] ]
 * ```
 */
export function where(visible: (b: number, h: number, i: number, j: number) => boolean): MaskRule {
  checkArguments("masks.where", arguments.length, ["visible"]);
  return {
    kind: "mask",
    made: { by: "where", with: [visible] },
    bind(_shape, place) {
      const { fn, argument } = place;
      checkPairFunction("masks.where", "boolean", visible, place);
      return {
        coverage: () => coverage.some,
        narrow(b, h, i, j0, j1, allowed) {
          for (let j = j0; j < j1; j++) {
            if (allowed[j - j0] === 0) continue;
            const answer: unknown = visible(b, h, i, j);
            if (typeof answer !== "boolean") {
              throw typeError(
                fn,
                argument,
                `true or false from the function of masks.where`,
                `${describe(answer)} for (${b}, ${h}, ${i}, ${j})`,
              );
            }
            if (!answer) allowed[j - j0] = 0;
          }
        },
        reason: (b, h, i, j) => `the function says false for (${b}, ${h}, ${i}, ${j})`,
      };
    },
  };
}
