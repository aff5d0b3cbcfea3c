/**
 * Checks any attention function against the laws of attention: a function of JavaScript, a GPU kernel, a server.
 * Works with every test runner and without one.
 *
 * @packageDocumentation
 */
export { checkAttention } from "./checkAttention.js";
export {
  errorCertificate,
  type CertificateOptions,
  type ErrorCertificate,
} from "./errorCertificate.js";
export { expectClose, type CloseOptions } from "./expectClose.js";
export { laws } from "./laws/laws.js";
export { maxUlp } from "./maxUlp.js";
export { readResult, type Result } from "./readResult.js";
export { rowSums } from "./rowSums.js";
export { testAttention, type TestFunction } from "./testAttention.js";
export type {
  AbortSignalLike,
  AttentionFunction,
  CallOptions,
  CheckOptions,
  Counterexample,
  Deviation,
  LawInfo,
  LawResult,
  Progress,
  Report,
  Supports,
} from "./types.js";
export type {
  DType,
  FloatArray,
  NestedNumbers,
  Tensor,
  TensorLike,
  TensorView,
} from "../tensor/index.js";
