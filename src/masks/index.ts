export { readAlign, type Align, type AlignOffset } from "./align.js";
export type { AlibiOptions } from "./alibi.js";
export { biases, type Biases } from "./biases.js";
export { intersection } from "./bound.js";
export { causal } from "./causal.js";
export { masks, type Masks } from "./masks.js";
export { readPerBatch, type PerBatch } from "./perBatch.js";
export { readBias } from "./readBias.js";
export { isRule, readMask } from "./readMask.js";
export { allows, nameOf, reasonsOf } from "./reasons.js";
export type { RelativeBuckets, RelativeOptions } from "./relativeOptions.js";
export type { SegmentIds } from "./segments.js";
export {
  coverage,
  type BiasRule,
  type BoundBias,
  type BoundMask,
  type Coverage,
  type Mask,
  type MaskRule,
  type Pair,
  type Place,
  type RuleOrigin,
  type ScoreShape,
} from "./types.js";
export { window, type Window } from "./window.js";
