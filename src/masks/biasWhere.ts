import { checkArguments, describe, rangeError, typeError } from "../tensor/index.js";
import { checkPairFunction } from "./pairFunction.js";
import type { BiasRule } from "./types.js";

/**
 * Any bias: a function that says what is added to the score of query `i` and key `j`. It is asked for single
 * pairs, once for each time that a tile of them is computed.
 *
 * @param added - called with the batch entry (leading axes flattened), the head, the query and the key. What it
 *   returns is rounded to the precision of the call; −Infinity blocks the pair, NaN or +Infinity makes the
 *   row NaN unless a mask blocks the pair. It must give the same answer each time.
 * @throws TypeError if the function takes exactly two arguments, which would be the batch entry and the head,
 *   or returns anything but a number.
 * @throws RangeError for a finite number that is infinite in the precision of the call.
 *
 * @example
 * ```ts
 * import { attentionTrace, biases, toNested } from "qkv";
 *
 * const x = [[0], [0], [0]]; // scores of 0, so that the bias stands alone
 * const { biased } = attentionTrace(x, x, x, { bias: biases.where((b, h, i, j) => 10 * i + j) });
 * console.log(toNested(biased));
 * // → [ [ 0, 1, 2 ], [ 10, 11, 12 ], [ 20, 21, 22 ] ]
 * ```
 */
export function biasWhere(added: (b: number, h: number, i: number, j: number) => number): BiasRule {
  checkArguments("biases.where", arguments.length, ["added"]);
  return {
    kind: "bias",
    made: { by: "where", with: [added] },
    bind(_shape, place, dtype) {
      const { fn, argument } = place;
      checkPairFunction("biases.where", "number", added, place);
      const round = dtype === "float32" ? Math.fround : (x: number): number => x;
      return [
        {
          read(b, h, i, j0, j1, into) {
            for (let j = j0; j < j1; j++) {
              const answer: unknown = added(b, h, i, j);
              const number = typeof answer === "number" ? round(answer) : undefined;
              if (number === undefined || Number.isFinite(number) !== Number.isFinite(answer)) {
                const [error, fix] =
                  number === undefined
                    ? [typeError]
                    : [rangeError, "-Infinity is what blocks a pair"];
                const expected = `a ${dtype} number from the function of biases.where`;
                throw error(
                  fn,
                  argument,
                  expected,
                  `${describe(answer)} for (${b}, ${h}, ${i}, ${j})`,
                  fix,
                );
              }
              into[j - j0] = number;
            }
          },
        },
      ];
    },
  };
}
