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
import { describe, ownOf, typeError } from "../tensor/index.js";
import type { AttentionOptions } from "./options.js";

/** All masks of a call as one; undefined where every pair is allowed. */
export function readMasks(
  shape: ScoreShape & Omit<Place, "argument">,
  allow: AttentionOptions["allow"],
  block: AttentionOptions["block"],
  look: AttentionOptions["causal"],
  sides: AttentionOptions["window"],
): BoundMask | undefined {
  const { fn, reads, tensors } = shape;
  const at = (name: string): Place => ({ fn, argument: `options.${name}`, reads, tensors });
  const bound: BoundMask[] = [];
  const align = readCausal(fn, look, shape);
  if (align) bound.push(causal(align).bind(shape, at("causal")));
  if (sides !== undefined) bound.push(readWindow(sides, align, shape, at("window")));
  if (allow !== undefined) bound.push(readMask(allow, "allow", shape, at("allow")));
  if (block !== undefined) bound.push(readMask(block, "block", shape, at("block")));
  return bound.length > 1 ? intersection(bound) : bound[0];
}

/** Where `causal` puts the queries of each batch entry; undefined without it. */
export function readCausal(
  fn: string,
  look: AttentionOptions["causal"],
  shape: ScoreShape,
): { offset: Float64Array } | undefined {
  if (look === undefined || look === false) return undefined;
  const place = { fn, argument: "options.causal" };
  if (look !== true && !["topLeft", "bottomRight"].includes(look as string) && !isObject(look)) {
    const expected = 'true, false, "topLeft", "bottomRight" or { offset }';
    const isYes = (look as unknown) === 1 || (look as unknown) === "true";
    const fix = isYes ? "write causal: true" : undefined;
    throw typeError(fn, place.argument, expected, describe(look), fix);
  }
  const asked = look === true ? undefined : look;
  return { offset: readAlign(asked, shape, place, "causal: true") };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A window with `causal` uses its alignment, and may leave the side open that causal cuts. */
function readWindow(
  sides: NonNullable<AttentionOptions["window"]>,
  align: { offset: Float64Array } | undefined,
  shape: ScoreShape,
  place: Place,
): BoundMask {
  if (align === undefined || !isObject(sides)) {
    return window(sides as Parameters<typeof window>[0]).bind(shape, place);
  }
  const own = ownOf(sides);
  if (own.align !== undefined) {
    throw typeError(
      place.fn,
      `${place.argument}.align`,
      "no alignment beside `causal`, whose alignment the window uses",
      describe(own.align),
      "leave it out",
    );
  }
  const { right = Infinity } = own;
  return window({ ...own, right, align }).bind(shape, place);
}
