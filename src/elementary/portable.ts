/** The elementary functions of the library: the same bits on every JavaScript engine. */
export { exp32, exp64 } from "./exp.js";
export { log32, log64 } from "./log.js";
export { tanh32, tanh64 } from "./tanh.js";
export { sin32, sin64, cos32, cos64 } from "./sincos.js";
