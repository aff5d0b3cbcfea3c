import type { AttentionOptions } from "../attention/index.js";
import type { Call } from "../attention/call.js";
import { readCausal } from "../attention/readMasks.js";
import { isRule, readAlign, readMask, type MaskRule } from "../masks/index.js";
import { allows, nameOf, readBlockers } from "./ruleReasons.js";
import { causalText, count, windowText } from "./sentences.js";
import type { Reason } from "./types.js";

/** Names the rules that block a pair of queries and keys. */
export type Reasons = (h: number, i: number, j: number) => Reason[];

/** What one option says of a pair: why it blocks it, or nothing. */
type Voice = (h: number, i: number, j: number) => readonly string[];

/**
 * The reasons of a checked call in batch entry `b`. The rules are bound one by one, which the call
 * itself did as a whole, when the first reason is asked for.
 */
export function readReasons(call: Call, options: AttentionOptions, b: number): Reasons {
  let voices: [Reason["rule"], Voice][] | undefined;
  return (h, i, j) => {
    voices ??= voicesOf(call, options, b);
    return voices.flatMap(([rule, say]) => say(h, i, j).map((text) => ({ rule, text })));
  };
}

function voicesOf(call: Call, options: AttentionOptions, b: number): [Reason["rule"], Voice][] {
  const { fn, keyCounts, queryCounts, biases } = call;
  const { causal, window, allow, block } = options;
  const voices: [Reason["rule"], Voice][] = [];
  const add = (rule: Reason["rule"], say: Voice): void => void voices.push([rule, say]);
  const padding = (what: string, at: number, real: string): string =>
    `${what} ${at} is padding: the sequence has ${real}`;

  if (queryCounts) {
    const real = count(queryCounts[b], "query", "queries");
    add("queryLengths", (_h, i) => (i < queryCounts[b] ? [] : [padding("query", i, real)]));
  }
  if (keyCounts) {
    const real = count(keyCounts[b], "key", "keys");
    add("keyLengths", (_h, _i, j) => (j < keyCounts[b] ? [] : [padding("key", j, real)]));
  }
  const own = readCausal(fn, causal, call)?.offset[b];
  if (own !== undefined) {
    add("causal", (_h, i, j) => (j <= i + own ? [] : [causalText(i, j, own)]));
  }
  if (window !== undefined) {
    const place = { fn, argument: "options.window" };
    const offset = own ?? readAlign(window.align, call, place, "a window")[b];
    const { left, right = Infinity } = window;
    add("window", (_h, i, j) => {
      const away = j - i - offset;
      return -away > left || away > right ? [windowText(i, j, offset, left, right)] : [];
    });
  }
  if (allow !== undefined) {
    const place = { fn, argument: "options.allow" };
    add("allow", readBlockers(allow, "allow", call, place, b));
  }
  if (block !== undefined) {
    const bound = readMask(block, "block", call, { fn, argument: "options.block" });
    const name = isRule(block, "mask") ? nameOf(block as MaskRule) : "block";
    add("block", (h, i, j) => (allows(bound, b, h, i, j) ? [] : [`${name} is true`]));
  }
  if (biases.length > 0) {
    const added = new Float64Array(1);
    const blocks = (h: number, i: number, j: number): boolean =>
      biases.some((bias) => {
        bias.read(b, h, i, j, j + 1, added);
        return added[0] === -Infinity;
      });
    add("bias", (h, i, j) => (blocks(h, i, j) ? ["the bias is −Infinity"] : []));
  }
  return voices;
}
