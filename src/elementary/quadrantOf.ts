import * as constant from "./constants.js";
import { powersOfTwo, zeroPower } from "./powersOfTwo.js";

/** What the last `quadrantOf` left: x − n·π/2 as an unevaluated sum of two float64. */
export const remainder = /* @__PURE__ */ new Float64Array(2);

const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
const base = 16777216; // 2²⁴
const columns = /* @__PURE__ */ new Float64Array(7);

/**
 * n mod 4 for a finite x = n·π/2 + r with |r| ≤ π/4 (to rounding); r goes to `remainder`.
 *
 * Its absolute error is below 2⁻¹³⁰: no float64 comes closer than 2⁻⁶² to a multiple of π/2.
 */
export function quadrantOf(x: number): number {
  return Math.abs(x) < 1647099 ? reduceModerate(x) : reduceLarge(x);
}

/** Cody and Waite: |n| < 2²⁰, so that n times each of the first three parts (33 bits) is exact. */
function reduceModerate(x: number): number {
  const n = x * constant.twoOverPi + constant.roundingShift64 - constant.roundingShift64;
  const first = x - n * constant.halfPi1;
  const part2 = n * constant.halfPi2;
  const part3 = n * constant.halfPi3;
  const second = first - part2;
  const third = second - part3;
  const lost = differenceError(first, part2, second) + differenceError(second, part3, third);
  setRemainder(third, lost - n * constant.halfPi4);
  return n & 3;
}

/**
 * Payne and Hanek: x·2/π from those digits of 2/π that matter, in base 2²⁴.
 *
 * Digits whose products are multiples of 4 are left out, digits below 2⁻¹³⁹ are cut off.
 */
function reduceLarge(x: number): number {
  // 1. |x| = 2ᵉ·(m₀ + m₁·2⁻²⁴ + m₂·2⁻⁴⁸) with integers below 2²⁴.
  bits.setFloat64(0, Math.abs(x));
  const word = bits.getInt32(0);
  const e = (word >> 20) - 1046;
  bits.setInt32(0, (word & 0xfffff) | 0x41600000);
  const m = bits.getFloat64(0);
  const m0 = Math.floor(m);
  const m1 = Math.floor((m - m0) * base);
  const m2 = ((m - m0) * base - m1) * base;
  // 2. Schoolbook columns: column c collects mⱼ·dᵢ with i + j = c, all exact, weight 2^(e − 24 − 24c).
  const firstColumn = e < 26 ? 0 : Math.floor((e - 26) / 24) + 1;
  for (let k = 0; k < 7; k++) {
    const c = firstColumn + k;
    let sum = m0 * twoOverPiDigits[c];
    if (c > 0) sum += m1 * twoOverPiDigits[c - 1];
    if (c > 1) sum += m2 * twoOverPiDigits[c - 2];
    columns[k] = sum;
  }
  // 3. Carry, so that every column but the first is a digit.
  for (let k = 6; k > 0; k--) {
    const carry = Math.floor(columns[k] / base);
    columns[k] -= carry * base;
    columns[k - 1] += carry;
  }
  // 4. Modulo 4, then the nearest integer is the quadrant; head has at most 2 + 51 bits.
  const weight = e - 24 - 24 * firstColumn + zeroPower;
  const top = columns[0] * powersOfTwo[weight];
  const head = top - 4 * Math.floor(top / 4) + columns[1] * powersOfTwo[weight - 24];
  const n = Math.floor(head + 0.5);
  const fraction = head - n;
  const middle = (columns[2] * base + columns[3]) * powersOfTwo[weight - 72];
  const low = (columns[4] * base + columns[5]) * powersOfTwo[weight - 120];
  const sum = fraction + middle;
  const tail =
    differenceError(fraction, -middle, sum) + low + columns[6] * powersOfTwo[weight - 144];
  const turns = sum + tail;
  multiplyByHalfPi(turns, sum - turns + tail);
  // 5. Odd symmetry.
  if (x > 0) return n & 3;
  remainder[0] = -remainder[0];
  remainder[1] = -remainder[1];
  return -n & 3;
}

/** (a − b) − difference, exactly, for difference = a − b rounded (Knuth's two-sum). */
function differenceError(a: number, b: number, difference: number): number {
  const shadow = a - difference;
  return a - (difference + shadow) + (shadow - b);
}

function setRemainder(high: number, low: number): void {
  const sum = high + low;
  remainder[0] = sum;
  remainder[1] = high - sum + low;
}

/** (high + low)·π/2, with the rounding error of the leading product by Dekker's splitting. */
function multiplyByHalfPi(high: number, low: number): void {
  const product = high * constant.halfPiHigh;
  const highHead = splitHead(high);
  const highTail = high - highHead;
  const piHead = 1.5707963407039642;
  const piTail = -1.3909067675399456e-8;
  const error =
    highHead * piHead - product + highHead * piTail + highTail * piHead + highTail * piTail;
  setRemainder(product, error + (high * constant.halfPiLow + low * constant.halfPiHigh));
}

/** The upper 26 bits of a float64. */
function splitHead(x: number): number {
  const scaled = x * 134217729;
  return scaled - (scaled - x);
}

/** 2/π after the point in base 2²⁴: 1152 bits, enough for the largest float64. */
const twoOverPiDigits = [
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163,
  0xabdebb, 0xc561b7, 0x246e3a, 0x424dd2, 0xe00649, 0x2eea09, 0xd1921c, 0xfe1deb, 0x1cb129,
  0xa73ee8, 0x8235f5, 0x2ebb44, 0x84e99c, 0x7026b4, 0x5f7e41, 0x3991d6, 0x398353, 0x39f49c,
  0x845f8b, 0xbdf928, 0x3b1ff8, 0x97ffde, 0x05980f, 0xef2f11, 0x8b5a0a, 0x6d1f6d, 0x367ecf,
  0x27cb09, 0xb74f46, 0x3f669e, 0x5fea2d, 0x7527ba, 0xc7ebe5, 0xf17b3d, 0x0739f7, 0x8a5292,
  0xea6bfb, 0x5fb11f, 0x8d5d08,
];
