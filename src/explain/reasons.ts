import type { AttentionOptions } from "../attention/index.js";
import type { Call } from "../attention/call.js";
import { readCausal } from "../attention/readMasks.js";
import {
  allows,
  causal,
  masks,
  nameOf,
  readMask,
  reasonsOf,
  window,
  type BoundMask,
} from "../masks/index.js";
import { ownOf } from "../tensor/index.js";
import type { Reason } from "./types.js";

/** Names the rules that block a pair of queries and keys. */
export type Reasons = (h: number, i: number, j: number) => Reason[];

/** Why one option blocks a pair, in sentences; none if it does not. */
type OptionReasons = (h: number, i: number, j: number) => readonly string[];

/**
 * The reasons of a checked call in batch entry `b`. The rules are bound one by one, which the call
 * itself did as a whole, when the first reason is asked for.
 */
export function readReasons(call: Call, options: AttentionOptions, b: number): Reasons {
  let all: readonly [Reason["rule"], OptionReasons][] | undefined;
  return (h, i, j) => {
    all ??= readOptionReasons(call, options, b);
    return all.flatMap(([rule, reasons]) => reasons(h, i, j).map((text) => ({ rule, text })));
  };
}

function readOptionReasons(
  call: Call,
  options: AttentionOptions,
  b: number,
): [Reason["rule"], OptionReasons][] {
  const { fn, keyCounts, queryCounts, biases } = call;
  const { allow, block } = options;
  const all: [Reason["rule"], OptionReasons][] = [];
  const add = (rule: Reason["rule"], reasons: OptionReasons): void =>
    void all.push([rule, reasons]);
  const addRule = (rule: Reason["rule"], bound: BoundMask): void =>
    add(rule, (h, i, j) => (allows(bound, b, h, i, j) ? [] : [bound.reason!(b, h, i, j)].flat()));
  const at = (name: string) => ({ fn, argument: `options.${name}` });

  if (queryCounts) {
    const real = queryCounts[b];
    const sequence = `the sequence has ${real} ${real === 1 ? "query" : "queries"}`;
    add("queryLengths", (_h, i) => (i < real ? [] : [`query ${i} is padding: ${sequence}`]));
  }
  if (keyCounts) addRule("keyLengths", masks.lengths(keyCounts).bind(call, at("keyLengths")));
  const align = readCausal(fn, options.causal, call);
  if (align) addRule("causal", causal(align).bind(call, at("causal")));
  if (options.window !== undefined) {
    const { left, right = Infinity, align: own } = ownOf(options.window);
    addRule("window", window({ left, right, align: align ?? own }).bind(call, at("window")));
  }
  if (allow !== undefined) {
    const bound = readMask(allow, "allow", call, at("allow"));
    add("allow", (h, i, j) => reasonsOf(allow, bound, "allow", b, h, i, j));
  }
  if (block !== undefined) {
    const bound = readMask(block, "block", call, at("block"));
    const reason = [`${nameOf(block, "block")} is true`];
    add("block", (h, i, j) => (allows(bound, b, h, i, j) ? [] : reason));
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
  return all;
}
