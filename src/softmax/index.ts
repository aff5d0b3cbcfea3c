export { logSumExp, type LogSumExpOptions } from "./logSumExp.js";
export {
  mergeState,
  powersSize,
  resetState,
  stateLse,
  tileMaximum,
  type Precision,
  type SoftmaxState,
} from "./portable.js";
export { precisionOf } from "./rows.js";
export { softmax, type SoftmaxOptions } from "./softmax.js";
