import type { Probe } from "./probe.js";
import type { Problem } from "./problem.js";
import type { LawInfo, Supported } from "./types.js";

/** What a problem may hold in addition to query, key and value. */
export type Feature =
  "mask" | "bias" | "causal" | "window" | "keyLengths" | "scale" | "softcap" | "sinks" | "grouped";

/** The lengths that a law can choose. */
export type DrawnSizes = Pick<Problem, "L" | "S" | "D" | "E">;

/** A law of attention, asked of a function that is known by its answers alone. */
export interface Law extends LawInfo {
  /** Why it says nothing about such functions; undefined where it applies. */
  readonly unless?: (supported: Supported) => string | undefined;
  /** What its problems always hold. */
  readonly with?: readonly Feature[];
  /** What its problems never hold. */
  readonly without?: readonly Feature[];
  /** Its problems hold two batch entries rather than one, where the function takes a batch. */
  readonly batch?: true;
  /** Changes the sizes that were drawn. */
  readonly sizes?: (drawn: DrawnSizes) => DrawnSizes;
  /** Throws `Broken` where it does not hold. Returns false where the problem says nothing about it. */
  readonly check: (probe: Probe, problem: Problem) => Promise<boolean | void>;
}

type Need = keyof Supported;

const claims: Partial<Record<Need, string>> = {
  mask: "takes a mask",
  bias: "takes a bias",
  causal: "can be causal",
  window: "takes a window",
  keyLengths: "takes key lengths",
  scale: "takes a scale",
  softcap: "takes a softcap",
  batch: "takes a batch",
  heads: "takes heads",
  grouped: "shares key/value heads",
  weights: "returns weights",
  lse: "returns the log-sum-exp",
  garbage: "ignores NaN in what is blocked",
};

/** The law needs all of these claims. */
export function needs(...names: readonly Need[]): (supported: Supported) => string | undefined {
  return (supported) => {
    const missing = names.filter((name) => !supported[name]);
    return missing.length === 0 ? undefined : reason(missing, " and ");
  };
}

/** The law needs one of these claims. */
export function needsAny(...names: readonly Need[]): (supported: Supported) => string | undefined {
  return (supported) => (names.some((name) => supported[name]) ? undefined : reason(names, " or "));
}

function reason(names: readonly Need[], joint: string): string {
  const said = names.map((name) => claims[name] ?? name).join(joint);
  return `not claimed that it ${said} (supports.${names.join(", ")})`;
}
