import type { StagedRow } from "../explain/index.js";
import { exactly } from "./numberTable.js";

/** How many terms of a sum are written out. */
const most = 4;

/** `weight = exp(1.2) / (exp(1.2) + exp(0.3) + 3 more) = exp(1.2 − 2.1) = 0.41` */
export function softmaxText({ biased, keys, lse, weights, rest }: StagedRow, key: number): string {
  const others = keys.filter(({ keyIndex, blocked }) => keyIndex !== key && blocked !== true);
  const all = [key, ...others.map(({ keyIndex }) => keyIndex)];
  const more = all.length - most;
  const terms = [
    ...all.slice(0, most).map((at) => `exp(${exactly(biased[at])})`),
    ...(more > 0 ? [`${more}\u00a0more`] : []),
    ...(rest > 0 ? ["the sink"] : []),
  ];
  const own = exactly(biased[key]);
  // The log of the sum below the line is the row's log-sum-exp, with a sink as well as without.
  return `weight = exp(${own}) / (${terms.join(" + ")}) = exp(${own}\u00a0−\u00a0${parted(lse)}) = ${exactly(weights[key])}`;
}

/** `output = 0.41 · value(river) + …` */
export function sumText({ keys }: StagedRow, name: (text: string) => string): string {
  const given = keys.filter(({ weight }) => weight > 0);
  if (given.length === 0) return "output = 0: no key has a weight";
  const more = given.length - most;
  const terms = given
    .slice(0, most)
    .map(({ key, weight }) => `${exactly(weight)}\u00a0·\u00a0value(${name(key)})`);
  return `output = ${[...terms, ...(more > 0 ? [`${more}\u00a0more`] : [])].join(" + ")}`;
}

/** A number after a minus sign. */
function parted(x: number): string {
  return x < 0 ? `(${exactly(x)})` : exactly(x);
}
