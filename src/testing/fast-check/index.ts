/**
 * Arbitraries of fast-check for tensors, masks and attention problems. Needs the package `fast-check`, which
 * nothing else of qkv loads.
 *
 * @packageDocumentation
 */
export { attentionProblems } from "./attentionProblems.js";
export { masks, type MasksOptions } from "./masks.js";
export { tensors, type Axis, type TensorsOptions } from "./tensors.js";
export type { Call } from "../toCall.js";
export type { CallOptions, Supports } from "../types.js";
export type { DType, FloatArray, Tensor, TensorView } from "../../tensor/index.js";
