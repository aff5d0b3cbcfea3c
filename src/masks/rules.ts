/**
 * Rules for the options `allow` and `block`, their algebra, and two ways to look at them: what
 * `qkv` exports as `masks`.
 */
export { and, not, or } from "./algebra.js";
export { causal } from "./causal.js";
export { lengths, prefix } from "./lengths.js";
export { dense, sparsity } from "./materialize.js";
export { segments } from "./segments.js";
export { where } from "./where.js";
export { window } from "./window.js";
