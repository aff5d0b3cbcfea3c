export { logSumExp, type LogSumExpOptions } from "./logSumExp.js";
export {
  mergeState,
  powersSize,
  precisionOf,
  resetState,
  stateLse,
  tileMaximum,
  type Precision,
  type SoftmaxState,
} from "./portable.js";
export { softmax, type SoftmaxOptions } from "./softmax.js";
