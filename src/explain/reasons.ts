import type { AttentionOptions } from "../attention/index.js";
import type { Problem } from "../attention/problem.js";
import { readCausal, readMaskParts, type MaskPart } from "../attention/readMasks.js";
import { isRule, readAlign, readMask, type MaskRule } from "../masks/index.js";
import { allows } from "./blocked.js";
import type { Reason } from "./types.js";

/** Names the rules that block a pair of queries and keys. */
export type Reasons = (h: number, i: number, j: number) => Reason[];

/** Binds the rules of a call, each by itself, for batch entry `b`. */
export function readReasons(problem: Problem, options: AttentionOptions, b: number): Reasons {
  const { fn, keyCounts, queryCounts, biases } = problem;
  const parts = readMaskParts(fn, options, problem, []);
  const positions = positionsOf(problem, options, b);
  return (h, i, j) => {
    const reasons: Reason[] = [];
    if (queryCounts && i >= queryCounts[b]) {
      const text = `query ${i} is padding: the sequence has ${count(queryCounts[b], "query", "queries")}`;
      reasons.push({ rule: "queryLengths", text });
    }
    if (keyCounts && j >= keyCounts[b]) {
      const text = `key ${j} is padding: the sequence has ${count(keyCounts[b], "key", "keys")}`;
      reasons.push({ rule: "keyLengths", text });
    }
    for (const part of parts) {
      if (!allows(part.bound, b, h, i, j)) reasons.push(reasonOf(part, h, i, j));
    }
    const added = new Float64Array(1);
    for (const bias of biases) {
      bias.read(b, h, i, j, j + 1, added);
      if (added[0] !== -Infinity) continue;
      reasons.push({ rule: "bias", text: "the bias is −Infinity" });
      break;
    }
    return reasons;
  };

  function reasonOf({ option }: MaskPart, h: number, i: number, j: number): Reason {
    if (option === "causal") {
      const at = i + positions.causal;
      return { rule: option, text: `key ${j} comes after query ${i}${standing(i, at)}` };
    }
    if (option === "window") {
      const at = i + positions.window;
      const { left, right } = options.window!;
      const text =
        j < at
          ? `key ${j} is ${at - j} before query ${i}${standing(i, at)}, the window has ${left} on the left`
          : `key ${j} is ${j - at} after query ${i}${standing(i, at)}, the window has ${right} on the right`;
      return { rule: option, text };
    }
    const mask = options[option];
    const names = isRule(mask, "mask") ? blockersOf(mask as MaskRule, option, h, i, j) : [];
    if (names.length === 0) return { rule: option, text: `${option} is ${option === "block"}` };
    const verb = option === "block" ? "blocks" : "does not allow";
    return { rule: option, text: `${names.join(", ")} ${verb} it` };
  }

  /** The names of the rules that decide: of an intersection, those of its parts that say no. */
  function blockersOf(
    rule: MaskRule,
    option: "allow" | "block",
    h: number,
    i: number,
    j: number,
  ): string[] {
    const { made } = rule;
    if (made === undefined) return ["a rule"];
    if (made.by !== "and" || option === "block") return [`masks.${made.by}`];
    return made.with.flatMap((part) => {
      const place = { fn, argument: "options.allow" };
      if (allows(readMask(part, "allow", problem, place), b, h, i, j)) return [];
      return isRule(part, "mask") ? blockersOf(part as MaskRule, option, h, i, j) : ["a tensor"];
    });
  }
}

/** By how much queries are moved among the keys under `causal`, and in the window. */
function positionsOf(
  problem: Problem,
  { causal, window }: AttentionOptions,
  b: number,
): { causal: number; window: number } {
  const { fn } = problem;
  const own = readCausal(fn, causal, problem)?.offset[b];
  const place = { fn, argument: "options.window" };
  const shift = (): number => readAlign(window?.align, problem, place, "a window")[b];
  return { causal: own ?? 0, window: own ?? (window === undefined ? 0 : shift()) };
}

/** Where a query stands, if its number does not say so. */
function standing(i: number, at: number): string {
  return at === i ? "" : `, which stands at key ${at}`;
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
