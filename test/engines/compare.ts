import * as qkv from "../../src/core.js";
import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import { firstDifferentBits, firstOddNaN, showBits } from "../helpers/bits.js";
import type { SharedEngine } from "../helpers/engines.js";
import type { Call } from "../helpers/problem.js";
import { denseOf } from "../helpers/tensors.js";

export type Library = typeof qkv;
type Results = Readonly<Record<string, TensorView<FloatArray>>>;

/** What a call gave: its results, or what it said instead. */
export function outcome(call: () => Results): Results | string {
  try {
    return call();
  } catch (error) {
    if (error instanceof RangeError && error.message.includes("emptyRow")) {
      // Which row it is, whoever says it.
      return error.message.replace(/^\w+\(\)/, "");
    }
    throw error;
  }
}

/** Throws unless both are the same results to the last bit, or the same error. */
export function sameOutcome(what: string, got: Results | string, expected: Results | string): void {
  if (typeof got === "string" || typeof expected === "string") {
    if (got === expected) return;
    const show = (it: Results | string) => (typeof it === "string" ? it : "results");
    throw new Error(`${what}: ${show(got)}, expected ${show(expected)}`);
  }
  for (const [name, tensor] of Object.entries(got)) {
    const [a, b] = [denseOf(tensor), denseOf(expected[name])];
    if (a.shape.join() !== b.shape.join()) {
      throw new Error(`${what}, ${name}: shape [${a.shape}], expected [${b.shape}]`);
    }
    const at = firstDifferentBits(a.data, b.data);
    if (at >= 0) {
      let count = 0;
      for (let i = at; i < a.data.length; i++) {
        if (showBits(a.data, i) !== showBits(b.data, i)) count++;
      }
      throw new Error(
        `${what}, ${name}: element ${at} of [${a.shape}] is ${showBits(a.data, at)}, expected ` +
          `${showBits(b.data, at)}; ${count} of ${a.data.length} differ`,
      );
    }
    const odd = firstOddNaN(a.data);
    if (odd >= 0) throw new Error(`${what}, ${name}: NaN ${showBits(a.data, odd)} at ${odd}`);
  }
}

/** All functions of an engine against the trace of the portable one, which holds everything. */
export function sameAttention(
  what: string,
  [query, key, value, options]: Call,
  engine: SharedEngine,
  { trace = true, library = qkv }: { trace?: boolean; library?: Library } = {},
): void {
  const portable = { ...options, engine: "portable" } as const;
  const own = { ...options, engine };
  const expected = outcome(() => ({ ...library.attentionTrace(query, key, value, portable) }));
  const results: Record<string, () => Results> = {
    attention: () => ({ output: library.attention(query, key, value, own) }),
    attentionWithWeights: () => ({ ...library.attentionWithWeights(query, key, value, own) }),
    attentionWithLse: () => ({ ...library.attentionWithLse(query, key, value, own) }),
    // It takes longest, and keeps its stages on the portable way.
    ...(trace && { attentionTrace: () => ({ ...library.attentionTrace(query, key, value, own) }) }),
  };
  for (const [name, call] of Object.entries(results)) {
    sameOutcome(`${what} ${name} on ${engine}`, outcome(call), expected);
  }
}
