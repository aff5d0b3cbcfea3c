/**
 * The specification of the elementary functions: what the engine's own float64 functions say.
 *
 * Their last bits differ between JavaScript engines, so the library's results use portable.ts.
 */
export function exp(x: number): number {
  return Math.exp(x);
}

export function log(x: number): number {
  return Math.log(x);
}

export function tanh(x: number): number {
  return Math.tanh(x);
}

export function sin(x: number): number {
  return Math.sin(x);
}

export function cos(x: number): number {
  return Math.cos(x);
}
