// The elementary functions over arrays, with the bits of exp.ts and tanh.ts. log, sin and cos stay in
// JavaScript: they are called once a row or once a position.
import { exp32Highest, exp64Highest } from "./constants";
import { expLanes32, expLanes64, tanhLanes } from "./lanes.as";

@inline
function isAbove<T>(x: v128, limit: T): v128 {
  return v128.gt<T>(x, v128.splat<T>(limit));
}

/** eˣ of `count` float32 in place; room up to the next multiple of four. */
export function exp32s(at: usize, count: i32): void {
  for (const end = at + (<usize>count << 2); at < end; at += 16) {
    const x = v128.load(at);
    const infinity = v128.and(isAbove<f32>(x, <f32>exp32Highest), f32x4.splat(Infinity));
    const power = v128.andnot(expLanes32(x), isAbove<f32>(x, <f32>exp32Highest));
    v128.store(at, v128.or(power, infinity));
  }
}

/** eˣ of `count` float64 in place; room up to the next multiple of two. */
export function exp64s(at: usize, count: i32): void {
  for (const end = at + (<usize>count << 3); at < end; at += 16) {
    const x = v128.load(at);
    const infinity = v128.and(isAbove<f64>(x, <f64>exp64Highest), f64x2.splat(Infinity));
    const power = v128.andnot(expLanes64(x), isAbove<f64>(x, <f64>exp64Highest));
    v128.store(at, v128.or(power, infinity));
  }
}

/** tanh of `count` float32 in place; room up to the next multiple of four. */
export function tanh32s(at: usize, count: i32): void {
  for (const end = at + (<usize>count << 2); at < end; at += 16) {
    v128.store(at, tanhLanes<f32>(v128.load(at)));
  }
}

/** tanh of `count` float64 in place; room up to the next multiple of two. */
export function tanh64s(at: usize, count: i32): void {
  for (const end = at + (<usize>count << 3); at < end; at += 16) {
    v128.store(at, tanhLanes<f64>(v128.load(at)));
  }
}
