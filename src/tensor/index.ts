export { canonicalizeNaN } from "./canonicalNaN.js";
export { copyContiguous, copyInto } from "./copy.js";
export { describe, numberError, rangeError, showShape, typeError } from "./errors.js";
export { format, type FormatOptions } from "./format.js";
export { commonHints, type Hints } from "./hintFor.js";
export { checkOptions, ownOf } from "./options.js";
export {
  allocate,
  commonDType,
  dtypeOf,
  freshTensor,
  readBooleans,
  readTensor,
  toFloats,
} from "./readTensor.js";
export { pick } from "./pick.js";
export { readOut } from "./readOut.js";
export { checkShape, contiguousStride, extentOf, offsetsOf, sameShape, sizeOf } from "./shape.js";
export { isShared, mayOverlap } from "./sharedMemory.js";
export { tensor, type TensorOptions } from "./tensor.js";
export { toNested } from "./toNested.js";
export type {
  BooleanLike,
  DType,
  FloatArray,
  NestedBooleans,
  NestedNumbers,
  Tensor,
  TensorLike,
  TensorView,
} from "./types.js";
export { zeros, type ZerosOptions } from "./zeros.js";
