export { canonicalizeNaN } from "./canonicalNaN.js";
export { checkArguments } from "./checkArguments.js";
export { copyContiguous, copyInto } from "./copy.js";
export { describe, numberError, rangeError, showShape, tagOf, typeError } from "./errors.js";
export { format, type FormatOptions } from "./format.js";
export { commonHints, type Hints } from "./hintFor.js";
export { checkOptions, ownOf } from "./options.js";
export {
  allocate,
  commonDType,
  dtypeOf,
  freshTensor,
  readBooleans,
  readNumbers,
  readTensor,
} from "./readTensor.js";
export { pick } from "./pick.js";
export { conversionFix } from "./elementType.js";
export { fromBfloat16 } from "./fromBfloat16.js";
export { fromFloat16, type Float16Bits } from "./fromFloat16.js";
export { readOut } from "./readOut.js";
export { checkShape, contiguousStride, extentOf, offsetsOf, sameShape, sizeOf } from "./shape.js";
export { isShared, mayOverlap } from "./sharedMemory.js";
export { tensor, type TensorOptions } from "./tensor.js";
export { toNested } from "./toNested.js";
export type {
  BooleanLike,
  DType,
  FloatArray,
  FloatArrayOf,
  NestedArray,
  NestedBooleans,
  NestedNumbers,
  RowMajor,
  Tensor,
  TensorLike,
  TensorView,
} from "./types.js";
export { zeros, type ZerosOptions } from "./zeros.js";
