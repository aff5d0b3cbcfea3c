import fc from "fast-check";
import {
  checkArguments,
  checkOptions,
  describe,
  freshTensor,
  sizeOf,
  typeError,
  type Tensor,
} from "../../tensor/index.js";
import { shapes, type Axis } from "./tensors.js";

/** Options of {@link masks}. */
export interface MasksOptions {
  /** Rows may be fully blocked. Default `false`: every row allows one key at least. */
  emptyRows?: boolean | undefined;
}

/**
 * An arbitrary of masks, for fast-check: 1 = may attend. Masks shrink to masks that block less.
 *
 * @param shape - `[..., L, S]`; `{ max: 5 }` for any length from 1 to 5.
 * @param options - `emptyRows`.
 * @throws TypeError for a shape or options that are none.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { attentionWithWeights, zeros } from "qkv/core";
 * import { masks } from "qkv/testing/fast-check";
 *
 * const [query, key] = [zeros([2, 1]), zeros([3, 1])];
 * fc.assert(
 *   fc.property(masks([2, 3]), (allow) => {
 *     const { weights } = attentionWithWeights(query, key, key, { allow });
 *     return weights.data.every((weight, pair) => weight > 0 === (allow.data[pair] === 1));
 *   }),
 * );
 * ```
 */
export function masks(
  shape: readonly Axis[],
  options?: MasksOptions,
): fc.Arbitrary<Tensor<Uint8Array>> {
  checkArguments("masks", arguments.length, ["shape", "options"]);
  const hints = { "write `emptyRows`": "empty" };
  const { emptyRows = false } = checkOptions("masks", options, ["emptyRows"], hints);
  if (typeof emptyRows !== "boolean") {
    throw typeError("masks", "options.emptyRows", "true or false", describe(emptyRows));
  }
  return shapes("masks", shape).chain((lengths) => {
    const [size, keys] = [sizeOf(lengths), lengths.at(-1) ?? 1];
    const blocked = fc.array(fc.boolean(), { minLength: size, maxLength: size });
    // Which key a row keeps that would allow none.
    const kept = fc.nat(Math.max(keys - 1, 0));
    return fc.tuple(blocked, kept).map(([list, j]) => {
      const mask = Uint8Array.from(list, (blocks) => (blocks ? 0 : 1));
      for (let row = 0; !emptyRows && row < size / (keys || 1); row++) {
        const pairs = mask.subarray(row * keys, (row + 1) * keys);
        if (!pairs.includes(1)) pairs[j] = 1;
      }
      return freshTensor(mask, lengths);
    });
  });
}
