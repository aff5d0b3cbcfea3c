import { describe, expect, it } from "vitest";
import * as constant from "../../src/elementary/constants.js";
import * as portable from "../../src/elementary/portable.js";

const { exp32, tanh32 } = portable;
const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

// One SIMD lane: every operation rounds to float32, branches are selects, signs and exponents bits.
const add = (a: number, b: number): number => Math.fround(a + b);
const sub = (a: number, b: number): number => Math.fround(a - b);
const mul = (a: number, b: number): number => Math.fround(a * b);
const div = (a: number, b: number): number => Math.fround(a / b);

function expLane(x: number): number {
  const n = sub(add(mul(x, constant.log2E32), constant.roundingShift32), constant.roundingShift32);
  const high = sub(x, mul(n, constant.ln2High32));
  const low = mul(n, constant.ln2Low32);
  const r = sub(high, low);
  let q = add(mul(r, constant.exp32C6), constant.exp32C5);
  q = add(mul(q, r), constant.exp32C4);
  q = add(mul(q, r), constant.exp32C3);
  q = add(mul(q, r), constant.exp32C2);
  const power = add(1, add(high, sub(mul(mul(r, r), q), low)));
  const scaled = floatOf((patternOf(power) + (n << 23)) >>> 0);
  const lower = x < constant.exp32Lowest ? 0 : scaled;
  return x > constant.exp32Highest ? Infinity : lower;
}

function tanhLane(x: number): number {
  const a = floatOf(patternOf(x) & 0x7fffffff);
  const z = mul(a, a);
  let q = add(mul(z, constant.tanh32C11), constant.tanh32C9);
  q = add(mul(q, z), constant.tanh32C7);
  q = add(mul(q, z), constant.tanh32C5);
  q = add(mul(q, z), constant.tanh32C3);
  const near = add(a, mul(mul(a, z), q));
  const t = expLane(mul(-2, a));
  const far = sub(1, div(mul(2, t), add(1, t)));
  const size = a < constant.tanhSwitch ? near : far;
  return floatOf((patternOf(size) | (patternOf(x) & 0x80000000)) >>> 0);
}

describe("float32 operations only", () => {
  it.each([
    ["exp32", exp32, expLane],
    ["tanh32", tanh32, tanhLane],
  ])("%s has the bits of a SIMD lane", (name, f, lane) => {
    const compare = (pattern: number): void => {
      const x = floatOf(pattern);
      if (!Object.is(f(x), lane(x))) expect.fail(`${name}(${x}): ${f(x)}, in a lane ${lane(x)}`);
    };
    for (let pattern = 0; pattern < 2 ** 32; pattern += 4099) compare(pattern);
    // Where n changes, a wrongly rounded quotient shows.
    for (let n = -126; n < 127; n++) {
      const center = patternOf((n + 0.5) * Math.LN2);
      for (let k = -40; k < 40; k++) compare(center + k);
    }
  });
});

describe("the bits of every function are the same on every engine", () => {
  // FNV-1a over the results on a fixed sample, as float32 or float64 bits. They change only
  // together with the results of the whole library.
  it.each([
    ["exp32", "d42bddf4"],
    ["exp64", "ba213d5b"],
    ["log32", "6671b40a"],
    ["log64", "edd527eb"],
    ["tanh32", "59718289"],
    ["tanh64", "e7b49694"],
    ["sin32", "d362a68c"],
    ["sin64", "bb7c6296"],
    ["cos32", "4e093c8d"],
    ["cos64", "d8149995"],
  ] as const)("%s → %s", (name, expected) => {
    expect(hashOf(portable[name], name.endsWith("32"))).toBe(expected);
  });
});

/** Hash of f over float32 inputs of every size and sign; float64 functions get more digits. */
function hashOf(f: (x: number) => number, single: boolean): string {
  const view = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  const mix = (bits: number): void => {
    hash = Math.imul(hash ^ bits, 0x01000193);
  };
  for (let pattern = 17; pattern < 2 ** 32; pattern += 99991) {
    const x = floatOf(pattern);
    if (Number.isNaN(x)) continue;
    const y = f(single ? x : x * (1 + 2 ** -30));
    // The payload of a NaN is the engine's own business.
    view.setFloat64(0, y);
    mix(Number.isNaN(y) ? 0x7ff80000 : view.getInt32(0));
    mix(Number.isNaN(y) ? 0 : view.getInt32(4));
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function patternOf(x: number): number {
  float[0] = x;
  return word[0];
}

function floatOf(pattern: number): number {
  word[0] = pattern;
  return float[0];
}
