import {
  causal,
  intersection,
  readAlign,
  readMask,
  window,
  type BoundMask,
  type Place,
  type ScoreShape,
} from "../masks/index.js";
import { describe, typeError } from "../tensor/index.js";
import type { AttentionOptions } from "./options.js";

/** One mask of a call, under the name of its option. */
export interface MaskPart {
  readonly option: "causal" | "window" | "allow" | "block";
  readonly bound: BoundMask;
}

/** All masks of a call as one; undefined where every pair is allowed. */
export function readMasks(
  fn: string,
  options: AttentionOptions,
  shape: ScoreShape,
  reads: ArrayBufferLike[],
): BoundMask | undefined {
  const bound = readMaskParts(fn, options, shape, reads).map((part) => part.bound);
  return bound.length > 1 ? intersection(bound) : bound[0];
}

/** The masks of a call, each by itself. A pair is allowed if all of them allow it. */
export function readMaskParts(
  fn: string,
  { allow, block, causal: look, window: sides }: AttentionOptions,
  shape: ScoreShape,
  reads: ArrayBufferLike[],
): MaskPart[] {
  const at = (name: string): Place => ({ fn, argument: `options.${name}`, reads });
  const parts: MaskPart[] = [];
  const align = readCausal(fn, look, shape);
  if (align) parts.push({ option: "causal", bound: causal(align).bind(shape, at("causal")) });
  if (sides !== undefined) {
    parts.push({ option: "window", bound: readWindow(sides, align, shape, at("window")) });
  }
  for (const [option, mask] of [
    ["allow", allow],
    ["block", block],
  ] as const) {
    if (mask !== undefined)
      parts.push({ option, bound: readMask(mask, option, shape, at(option)) });
  }
  return parts;
}

/** Where `causal` puts the queries of each batch entry; undefined without it. */
export function readCausal(
  fn: string,
  look: AttentionOptions["causal"],
  shape: ScoreShape,
): { offset: Float64Array } | undefined {
  if (look === undefined || look === false) return undefined;
  const asked = look === true ? undefined : look;
  const place = { fn, argument: "options.causal" };
  return { offset: readAlign(asked, shape, place, "causal: true") };
}

/** A window beside `causal` uses its alignment, and may leave the side open that causal cuts. */
function readWindow(
  sides: NonNullable<AttentionOptions["window"]>,
  align: { offset: Float64Array } | undefined,
  shape: ScoreShape,
  place: Place,
): BoundMask {
  if (align === undefined || typeof sides !== "object" || sides === null) {
    return window(sides as Parameters<typeof window>[0]).bind(shape, place);
  }
  if (sides.align !== undefined) {
    throw typeError(
      place.fn,
      `${place.argument}.align`,
      "no alignment beside `causal`, whose alignment the window uses",
      describe(sides.align),
      "leave it out",
    );
  }
  const { right = Infinity } = sides;
  return window({ ...sides, right, align }).bind(shape, place);
}
