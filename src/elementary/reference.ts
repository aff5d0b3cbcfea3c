/**
 * The specification of the elementary functions: what the engine's own float64 functions say.
 *
 * Their last bits differ between JavaScript engines, so the library's results use portable.ts.
 */
export const { exp, log, tanh, sin, cos } = Math;
