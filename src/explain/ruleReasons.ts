import { isRule, readAlign, readMask, readPerBatch } from "../masks/index.js";
import type { BoundMask, MaskRule, Place, ScoreShape, Window } from "../masks/index.js";
import { causalText, count, windowText } from "./sentences.js";

/** Why a mask does not allow a pair; empty if it does. */
export type Blockers = (h: number, i: number, j: number) => string[];

/** Binds a mask in which true = may attend, with the words for what it does not allow in entry `b`. */
export function readBlockers(
  mask: unknown,
  name: string,
  shape: ScoreShape,
  place: Place,
  b: number,
): Blockers {
  const made = isRule(mask, "mask") ? (mask as MaskRule).made : undefined;
  if (made?.by === "and") {
    // Every part is a rule of its own: all that say no are named.
    const parts = made.with.map((part) => readBlockers(part, "a tensor", shape, place, b));
    return (h, i, j) => parts.flatMap((part) => part(h, i, j));
  }
  const bound = readMask(mask, "allow", shape, place);
  const words = isRule(mask, "mask") ? wordsOf(mask as MaskRule, shape, place, b) : undefined;
  return (h, i, j) => {
    if (allows(bound, b, h, i, j)) return [];
    if (words === undefined) return [`${name} is false`];
    return [made ? `${words(h, i, j)} (masks.${made.by})` : words(h, i, j)];
  };
}

/** Whether a mask allows a pair. */
export function allows(mask: BoundMask, b: number, h: number, i: number, j: number): boolean {
  const allowed = Uint8Array.of(1);
  mask.narrow(b, h, i, j, j + 1, allowed);
  return allowed[0] === 1;
}

/** Says with its numbers why a rule does not allow a pair that it does not allow. */
function wordsOf(
  { made }: MaskRule,
  shape: ScoreShape,
  place: Place,
  b: number,
): (h: number, i: number, j: number) => string {
  const args = made?.with ?? [];
  switch (made?.by) {
    case "causal": {
      const offset = readAlign(args[0], shape, place, "masks.causal()")[b];
      return (_h, i, j) => causalText(i, j, offset);
    }
    case "window": {
      const window = args[0] as Window;
      const offset = readAlign(window.align, shape, place, "a window without `align`")[b];
      return (_h, i, j) => windowText(i, j, offset, window.left, window.right);
    }
    case "lengths": {
      const keys = readPerBatch(args[0], shape.batch, place)[b];
      return (_h, _i, j) => `key ${j} is padding: the sequence has ${count(keys, "key", "keys")}`;
    }
    case "prefix": {
      const keys = readPerBatch(args[0], shape.batch, place)[b];
      return (_h, _i, j) => `key ${j} is not in the prefix of ${count(keys, "key", "keys")}`;
    }
    case "segments": {
      const [queries, keys] = args.map((ids) => entryOf(ids as ArrayLike<unknown>, b));
      return (_h, i, j) => `query ${i} is in segment ${queries[i]}, key ${j} in segment ${keys[j]}`;
    }
    case "where":
      return (h, i, j) => `the function says false for (${b}, ${h}, ${i}, ${j})`;
    case "or": {
      const parts = args.map((part) => readBlockers(part, "a tensor", shape, place, b));
      if (parts.length === 0) return () => "no part allows it, for there is none";
      return (h, i, j) => `no part allows it: ${parts.flatMap((part) => part(h, i, j)).join(", ")}`;
    }
    case "not": {
      const inner = isRule(args[0], "mask") ? nameOf(args[0] as MaskRule) : "a tensor";
      return () => `${inner} is true`;
    }
    default:
      return () => "a rule does not allow it";
  }
}

/** What a rule is called. */
export function nameOf({ made }: MaskRule): string {
  return made ? `masks.${made.by}` : "a rule";
}

/** The list of batch entry `b`, where each may have its own. */
function entryOf(ids: ArrayLike<unknown>, b: number): ArrayLike<unknown> {
  return typeof ids[0] === "object" ? (ids[b] as ArrayLike<unknown>) : ids;
}
