export { attention } from "./attention.js";
export { attentionTrace } from "./attentionTrace.js";
export { attentionWithLse, type AttentionWithLse } from "./attentionWithLse.js";
export { attentionWithWeights, type AttentionWithWeights } from "./attentionWithWeights.js";
export {
  mergeAttention,
  type AttentionPart,
  type MergeAttentionOptions,
} from "./mergeAttention.js";
export {
  attentionOptionHints,
  attentionOptionNames,
  otherNames,
  type AttentionOptions,
  type WindowOption,
} from "./options.js";
export type { AttentionTrace } from "./traceCall.js";
