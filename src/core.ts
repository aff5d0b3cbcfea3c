/**
 * The functions of `qkv` with plain tensors out: `{ data, shape, stride, offset, dtype }`. Nothing
 * here generates code at run time, so that it works under a strict Content-Security-Policy.
 *
 * @packageDocumentation
 */
export {
  attention,
  attentionTrace,
  attentionWithLse,
  attentionWithWeights,
  mergeAttention,
  type AttentionOptions,
  type AttentionPart,
  type AttentionTrace,
  type AttentionWithLse,
  type AttentionWithWeights,
  type MergeAttentionOptions,
  type WindowOption,
} from "./attention/index.js";
export {
  createKvCache,
  type AppendOptions,
  type CachePositions,
  type CacheWindow,
  type KvCache,
  type KvCacheOptions,
  type ReleasedByUsing,
} from "./decode/index.js";
export { releaseScratch, type Engine } from "./engine/index.js";
export {
  fromTorchMultiheadAttention,
  mergeHeads,
  multiHeadAttention,
  splitHeads,
  type FromTorchOptions,
  type MultiHeadOptions,
  type MultiHeadParams,
  type TorchState,
} from "./heads/index.js";
export {
  biases,
  masks,
  type Align,
  type AlignOffset,
  type AlibiOptions,
  type Biases,
  type BiasRule,
  type Mask,
  type MaskRule,
  type Masks,
  type PerBatch,
  type RelativeBuckets,
  type RelativeOptions,
  type SegmentIds,
  type Window,
} from "./masks/index.js";
export { matmul, type MatmulOptions } from "./matmul/index.js";
export {
  alibiSlopes,
  rotary,
  sinusoidal,
  type IntegerArray,
  type IntegerView,
  type Positions,
  type RotaryAngles,
  type RotaryOptions,
  type SinusoidalOptions,
} from "./positions/index.js";
export { logSumExp, softmax, type LogSumExpOptions, type SoftmaxOptions } from "./softmax/index.js";
export {
  format,
  fromBfloat16,
  fromFloat16,
  tensor,
  toNested,
  zeros,
  type BooleanLike,
  type DType,
  type Float16Bits,
  type FloatArray,
  type FloatArrayOf,
  type FormatOptions,
  type NestedArray,
  type NestedBooleans,
  type NestedNumbers,
  type RowMajor,
  type Tensor,
  type TensorLike,
  type TensorOptions,
  type TensorView,
  type ZerosOptions,
} from "./tensor/index.js";
