/**
 * Every number of an attention call with the names of its tokens: for pictures, lessons, and finding out
 * what a model looks at. Built on `qkv/core`; returns plain numbers and plain tensors.
 *
 * @packageDocumentation
 */
export { explain } from "./explain.js";
export { explainWeights } from "./explainWeights.js";
export {
  duplicateTokenScore,
  inductionScore,
  localScore,
  previousTokenScore,
  sinkScore,
} from "./headScores.js";
export { principalPlane, type PrincipalPlane } from "./principalPlane.js";
export { rollout, type RolloutOptions } from "./rollout.js";
export type {
  Attended,
  Comparison,
  Mass,
  Matrix,
  TokenPair,
  Reason,
  Row,
  Segment,
  StagedRow,
  Stages,
  TidyRow,
  Token,
  ViewData,
  Why,
  WordGroup,
} from "./types.js";
export type {
  ExplainOptions,
  ExplainWeightsOptions,
  Explanation,
  ExplanationData,
  OutputSharesOptions,
  StageName,
  View,
  WeightsExplanation,
  WeightsView,
} from "./viewTypes.js";
export { wordGroups, type WordGroupsOptions } from "./wordGroups.js";
// The types that the signatures mention.
export type { Align, AlignOffset, BiasRule, Mask, MaskRule, PerBatch } from "../masks/index.js";
export type { AttentionOptions, WindowOption } from "../attention/index.js";
export type { Engine } from "../engine/index.js";
export type {
  BooleanLike,
  DType,
  FloatArray,
  NestedBooleans,
  NestedNumbers,
  Tensor,
  TensorLike,
  TensorView,
} from "../tensor/index.js";
