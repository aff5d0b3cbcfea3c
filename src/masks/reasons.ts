import { isRule } from "./readMask.js";
import type { BoundMask, Mask, MaskRule, Pair } from "./types.js";

/** Whether a bound mask allows a pair. */
export function allows(bound: BoundMask, ...[b, h, i, j]: Pair): boolean {
  const allowed = Uint8Array.of(1);
  bound.narrow(b, h, i, j, j + 1, allowed);
  return allowed[0] === 1;
}

/**
 * Why a mask blocks a pair, in sentences; none if it allows it. `bound` is the mask with true = may attend;
 * `tensor` is what it is called if it is no rule.
 */
export function reasonsOf(
  mask: Mask,
  bound: BoundMask,
  tensor: string,
  ...pair: Pair
): readonly string[] {
  if (allows(bound, ...pair)) return [];
  if (!isRule(mask, "mask")) return [`${tensor} is false`];
  const reason = bound.reason?.(...pair) ?? "a rule does not allow it";
  if (typeof reason !== "string") return reason;
  const { made } = mask as MaskRule;
  return [made ? `${reason} (masks.${made.by})` : reason];
}

/** What a mask is called in a reason. */
export function nameOf(mask: Mask, tensor: string): string {
  if (!isRule(mask, "mask")) return tensor;
  const { made } = mask as MaskRule;
  return made ? `masks.${made.by}` : "a rule";
}
