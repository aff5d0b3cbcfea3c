import { sumOf } from "./entropy.js";
import type { SourceRow } from "./source.js";
import type { Segment, Token } from "./types.js";

/**
 * The segments of a row in the order of the keys, those without weight left out. Each begins where the
 * one before it ends: their lengths are the weights over their sum, which is 1 but for rounding. The last
 * ends at 1, for what is added up by then is that sum, in the same order.
 */
export function blendOf({ weights, rest }: SourceRow, keys: readonly Token[]): Segment[] {
  const total = sumOf(weights) + rest;
  if (!(total > 0)) return [segment("nothing", undefined, total, 0, 1)];
  const segments: Segment[] = [];
  let sum = 0;
  let from = 0;
  const push = (kind: Segment["kind"], token: Token | undefined, weight: number): void => {
    if (weight === 0) return;
    sum += weight;
    const to = sum / total;
    segments.push(segment(kind, token, weight, from, to));
    from = to;
  };
  keys.forEach((token, j) => push("key", token, weights[j]));
  push("rest", undefined, rest);
  return segments;
}

function segment(
  kind: Segment["kind"],
  token: Token | undefined,
  weight: number,
  from: number,
  to: number,
): Segment {
  const { text = "", id = "", index = -1 } = token ?? {};
  return { kind, token: text, keyId: id, keyIndex: index, weight, from, to };
}
