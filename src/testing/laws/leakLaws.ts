import { needs, type Law } from "../law.js";
import { withDenseMask } from "../problem.js";
import { expectNoLeak } from "./leak.js";

const equation = (pairs: string): string =>
  `k[j], v[j] changed: output[i] stays as it is for every i that ${pairs}; |a − b| ≤ 2ε, equal bits if exact`;

export const leakLaws: readonly Law[] = [
  {
    id: "causal-leak",
    name: "causal: no row depends on a later key",
    equation: equation("stands before j"),
    unless: needs("causal"),
    with: ["causal"],
    check: (probe, problem) => expectNoLeak(probe, problem, false),
  },
  {
    id: "window-leak",
    name: "window: no row depends on a key outside of it",
    equation: equation("does not have j in its window"),
    unless: needs("window"),
    with: ["window"],
    check: (probe, problem) => expectNoLeak(probe, problem, false),
  },
  {
    id: "mask-leak",
    name: "mask: no row depends on a blocked key",
    equation: equation("may not attend j"),
    unless: needs("mask"),
    with: ["mask"],
    check: (probe, problem) => expectNoLeak(probe, problem, false),
  },
  {
    id: "padding-leak",
    name: "key lengths: no row depends on padding",
    equation: equation("is in a batch entry of at most j keys"),
    unless: needs("keyLengths"),
    with: ["keyLengths"],
    batch: true,
    check: (probe, problem) => expectNoLeak(probe, problem, false),
  },
  {
    id: "garbage-leak",
    name: "what is blocked may be NaN or Infinity",
    equation: equation("may not attend j") + "; k[j], v[j] are NaN or ±Infinity",
    unless: needs("garbage"),
    check: (probe, problem) =>
      expectNoLeak(probe, probe.supported.mask ? withDenseMask(problem) : problem, true),
  },
];
