export {
  fromTorchMultiheadAttention,
  type FromTorchOptions,
  type TorchState,
} from "./fromTorchMultiheadAttention.js";
export { mergeHeads } from "./mergeHeads.js";
export { multiHeadAttention } from "./multiHeadAttention.js";
export type { MultiHeadOptions } from "./multiHeadOptions.js";
export type { MultiHeadParams } from "./params.js";
export { splitHeads } from "./splitHeads.js";
