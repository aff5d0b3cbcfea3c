// exp and tanh in SIMD lanes: the operations of exp.ts and tanh.ts one by one, with their branches as
// selects, for the kernels to inline. log, sin and cos stay in JavaScript: they are called once a row or once
// a position.
import {
  exp32C2,
  exp32C3,
  exp32C4,
  exp32C5,
  exp32C6,
  exp32Highest,
  exp32Lowest,
  exp64C10,
  exp64C11,
  exp64C12,
  exp64C2,
  exp64C3,
  exp64C4,
  exp64C5,
  exp64C6,
  exp64C7,
  exp64C8,
  exp64C9,
  exp64Highest,
  exp64Lowest,
  ln2High32,
  ln2High64,
  ln2Low32,
  ln2Low64,
  log2E32,
  log2E64,
  roundingShift32,
  roundingShift64,
  tanh32C11,
  tanh32C3,
  tanh32C5,
  tanh32C7,
  tanh32C9,
  tanh64C11,
  tanh64C13,
  tanh64C15,
  tanh64C17,
  tanh64C19,
  tanh64C21,
  tanh64C23,
  tanh64C25,
  tanh64C3,
  tanh64C5,
  tanh64C7,
  tanh64C9,
  tanhSwitch,
} from "./constants";

// The constants of exp32 stand in memory, each in all lanes: V8 has 15 vector registers, and a loop that
// keeps them in registers spills; reading them took the softmax pass from 4.4 to 3.5 cycles a score.
const table: usize = memory.data(15 * 16, 16);
// prettier-ignore
{
  v128.store(table, f32x4.splat(<f32>log2E32), 0);
  v128.store(table, f32x4.splat(<f32>roundingShift32), 16);
  v128.store(table, f32x4.splat(<f32>ln2High32), 32);
  v128.store(table, f32x4.splat(<f32>ln2Low32), 48);
  v128.store(table, f32x4.splat(<f32>exp32C6), 64);
  v128.store(table, f32x4.splat(<f32>exp32C5), 80);
  v128.store(table, f32x4.splat(<f32>exp32C4), 96);
  v128.store(table, f32x4.splat(<f32>exp32C3), 112);
  v128.store(table, f32x4.splat(<f32>exp32C2), 128);
  v128.store(table, f32x4.splat(1), 144);
  v128.store(table, i32x4.splat(127 << 23), 160);
  v128.store(table, f32x4.splat(<f32>exp32Lowest), 176);
}

/** eˣ of four float32 that are at most 0, or NaN. */
@inline
function expLanes32(x: v128): v128 {
  const shifted = f32x4.add(f32x4.mul(x, v128.load(table, 0)), v128.load(table, 16));
  const n = f32x4.sub(shifted, v128.load(table, 16));
  const high = f32x4.sub(x, f32x4.mul(n, v128.load(table, 32)));
  const low = f32x4.mul(n, v128.load(table, 48));
  const r = f32x4.sub(high, low);
  let q = f32x4.add(f32x4.mul(r, v128.load(table, 64)), v128.load(table, 80));
  q = f32x4.add(f32x4.mul(q, r), v128.load(table, 96));
  q = f32x4.add(f32x4.mul(q, r), v128.load(table, 112));
  q = f32x4.add(f32x4.mul(q, r), v128.load(table, 128));
  const tail = f32x4.sub(f32x4.mul(f32x4.mul(r, r), q), low);
  const power = f32x4.add(v128.load(table, 144), f32x4.add(high, tail));
  // 2ⁿ: n stands in the lowest bits of `shifted`. A product, so that NaN stays NaN.
  const scale = i32x4.add(i32x4.shl(shifted, 23), v128.load(table, 160));
  return v128.andnot(f32x4.mul(power, scale), f32x4.lt(x, v128.load(table, 176)));
}

/** eˣ of two float64 that are at most 0, or NaN. */
@inline
function expLanes64(x: v128): v128 {
  const shift = f64x2.splat(<f64>roundingShift64);
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(<f64>log2E64)), shift);
  const n = f64x2.sub(shifted, shift);
  const high = f64x2.sub(x, f64x2.mul(n, f64x2.splat(<f64>ln2High64)));
  const low = f64x2.mul(n, f64x2.splat(<f64>ln2Low64));
  const r = f64x2.sub(high, low);
  let q = f64x2.add(f64x2.mul(r, f64x2.splat(<f64>exp64C12)), f64x2.splat(<f64>exp64C11));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C10));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C9));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C8));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C7));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C6));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C5));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C4));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C3));
  q = f64x2.add(f64x2.mul(q, r), f64x2.splat(<f64>exp64C2));
  const tail = f64x2.sub(f64x2.mul(f64x2.mul(r, r), q), low);
  const power = f64x2.add(f64x2.splat(1), f64x2.add(high, tail));
  // 2ⁿ in two factors: the second product rounds once if the result is subnormal.
  const exponent = i64x2.sub(shifted, shift);
  const half = i64x2.shr_s(exponent, 1);
  const bias = i64x2.splat(1023);
  const first = i64x2.shl(i64x2.add(half, bias), 52);
  const second = i64x2.shl(i64x2.add(i64x2.sub(exponent, half), bias), 52);
  const scaled = f64x2.mul(f64x2.mul(power, first), second);
  return v128.andnot(scaled, f64x2.lt(x, f64x2.splat(<f64>exp64Lowest)));
}

/** eˣ of a vector, for x at most 0, or NaN. */
@inline
export function expLanes(x: v128): v128 {
  if (sizeof<real>() == 4) return expLanes32(x);
  return expLanes64(x);
}

@inline
function tanhLanes32(x: v128): v128 {
  const a = f32x4.abs(x);
  const z = f32x4.mul(a, a);
  let q = f32x4.add(f32x4.mul(z, f32x4.splat(<f32>tanh32C11)), f32x4.splat(<f32>tanh32C9));
  q = f32x4.add(f32x4.mul(q, z), f32x4.splat(<f32>tanh32C7));
  q = f32x4.add(f32x4.mul(q, z), f32x4.splat(<f32>tanh32C5));
  q = f32x4.add(f32x4.mul(q, z), f32x4.splat(<f32>tanh32C3));
  const near = f32x4.add(a, f32x4.mul(f32x4.mul(a, z), q));
  const t = expLanes32(f32x4.mul(f32x4.splat(-2), a));
  const quotient = f32x4.div(f32x4.mul(f32x4.splat(2), t), f32x4.add(f32x4.splat(1), t));
  const far = f32x4.sub(f32x4.splat(1), quotient);
  const size = v128.bitselect(near, far, f32x4.lt(a, f32x4.splat(<f32>tanhSwitch)));
  return v128.or(size, v128.and(x, i32x4.splat(0x80000000)));
}

@inline
function tanhLanes64(x: v128): v128 {
  const a = f64x2.abs(x);
  const z = f64x2.mul(a, a);
  let q = f64x2.add(f64x2.mul(z, f64x2.splat(<f64>tanh64C25)), f64x2.splat(<f64>tanh64C23));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C21));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C19));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C17));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C15));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C13));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C11));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C9));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C7));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C5));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(<f64>tanh64C3));
  const near = f64x2.add(a, f64x2.mul(f64x2.mul(a, z), q));
  const t = expLanes64(f64x2.mul(f64x2.splat(-2), a));
  const quotient = f64x2.div(f64x2.mul(f64x2.splat(2), t), f64x2.add(f64x2.splat(1), t));
  const far = f64x2.sub(f64x2.splat(1), quotient);
  const size = v128.bitselect(near, far, f64x2.lt(a, f64x2.splat(<f64>tanhSwitch)));
  return v128.or(size, v128.and(x, i64x2.splat(0x8000000000000000)));
}

/** tanh of a vector. */
@inline
export function tanhLanes(x: v128): v128 {
  if (sizeof<real>() == 4) return tanhLanes32(x);
  return tanhLanes64(x);
}
