import * as portable from "../../src/elementary/portable.js";
import { Random } from "../helpers/random.js";
import * as oracle from "./oracle.js";

const halfPi = Math.PI / 2;

/** The float64 functions, each with the inputs at which its algorithm could go wrong. */
export const functions64 = {
  exp64: {
    compute: portable.exp64,
    truth: oracle.exp,
    regions: [
      (r: Random) => between(r, -0.36, 0.36),
      (r: Random) => between(r, -30, 0),
      (r: Random) => between(r, -708, 709.78),
      (r: Random) => between(r, -745.13, -708), // subnormal results
      (r: Random) => spread(r, -1074, 9),
      (r: Random) => (r.integer(-1000, 1000) + 0.5) * Math.LN2 * (1 + between(r, -1e-12, 1e-12)),
    ],
    extremes: [
      709.782712893384,
      -708.3964185322641,
      -708.3964185322642,
      -745.1332191019411,
      -744.4400719213812,
      5e-324,
      -5e-324,
      2 ** -54,
      -(2 ** -54),
      1,
      -1,
    ],
  },
  log64: {
    compute: portable.log64,
    truth: oracle.log,
    regions: [
      (r: Random) => between(r, 0.5, 2),
      (r: Random) => 1 + spread(r, -52, -2),
      (r: Random) => Math.abs(spread(r, -1074, 1023)),
      (r: Random) => Math.abs(spread(r, -1074, -1022)),
      (r: Random) => Math.SQRT1_2 * 2 ** r.integer(-3, 3) * (1 + between(r, -1e-12, 1e-12)),
    ],
    extremes: [
      5e-324,
      2.2250738585072014e-308,
      2.225073858507201e-308,
      Number.MAX_VALUE,
      1 - 2 ** -53,
      1 + 2 ** -52,
      Math.SQRT1_2,
      Math.SQRT2,
      2,
      10,
      0.75,
    ],
  },
  tanh64: {
    compute: portable.tanh64,
    truth: oracle.tanh,
    regions: [
      (r: Random) => between(r, -0.625, 0.625),
      (r: Random) => between(r, 0.625, 0.9),
      (r: Random) => between(r, 0.9, 20),
      (r: Random) => spread(r, -60, 5),
      (r: Random) => spread(r, -27, -25),
    ],
    extremes: [
      0.625,
      0.6249999999999999,
      7.450580596923828e-9,
      7.450580596923827e-9,
      5e-324,
      2.2250738585072014e-308,
      19.0615,
      22,
      350,
      Number.MAX_VALUE,
    ],
  },
  sin64: { compute: portable.sin64, truth: oracle.sin, regions: angles(), extremes: hardAngles() },
  cos64: { compute: portable.cos64, truth: oracle.cos, regions: angles(), extremes: hardAngles() },
};

export type Function64 = keyof typeof functions64;

export interface Measurement {
  ulp: number;
  at: number;
  count: number;
  correct: number;
}

/** Largest error of one function on `count` inputs per region and on its extremes. */
export function measure64(name: Function64, count: number, seed: number): Measurement {
  const { compute, truth, regions, extremes } = functions64[name];
  const random = new Random(seed);
  const result: Measurement = { ulp: 0, at: 0, count: 0, correct: 0 };
  const measure = (x: number): void => {
    const error = oracle.ulpError(compute(x), truth(x), "float64");
    result.count++;
    if (error <= 0.5) result.correct++;
    if (!(error <= result.ulp)) {
      result.ulp = error;
      result.at = x;
    }
  };
  extremes.forEach(measure);
  for (const region of regions) for (let i = 0; i < count; i++) measure(region(random));
  return result;
}

function angles(): ((random: Random) => number)[] {
  return [
    (r) => between(r, -0.79, 0.79),
    (r) => between(r, -7, 7),
    (r) => spread(r, -40, 20),
    (r) => spread(r, 20, 30),
    (r) => spread(r, 20, 1023),
    (r) => halfPi * r.integer(-(2 ** 20), 2 ** 20), // near zeros and extrema
    (r) => halfPi * r.integer(-(2 ** 30), 2 ** 30) * 2 ** r.integer(0, 22),
    (r) => halfPi * (r.integer(-(2 ** 20), 2 ** 20) + 0.5), // where the quadrant changes
  ];
}

/** 6381956970095103·2⁷⁹⁷ is the float64 closest to a multiple of π/2 (Muller, Elementary Functions). */
function hardAngles(): number[] {
  return [
    6381956970095103 * 2 ** 797,
    -6381956970095103 * 2 ** 797,
    Number.MAX_VALUE,
    1e22,
    5e-324,
    2.2250738585072014e-308,
    0.7853981633974483,
    0.7853981633974482,
    halfPi,
    Math.PI,
    2 * Math.PI,
    1647098.9999999998,
    1647099,
    1285231.8377688916, // n·π/2 is closest, for its n, among |n| < 2²⁰
    1647100,
    2 ** 53,
    2 ** 53 - 1,
    2 ** 1023,
    7.450580596923828e-9,
  ];
}

function between(random: Random, low: number, high: number): number {
  // 53 random bits, not 32: the last bits matter here.
  const fraction = (random.integer(0, 2 ** 26 - 1) + random.next()) / 2 ** 26;
  return low + (high - low) * fraction;
}

/** Either sign, the exponent uniform in [low, high). */
function spread(random: Random, low: number, high: number): number {
  const size = between(random, 1, 2) * 2 ** random.integer(low, high - 1);
  return random.chance(0.5) ? size : -size;
}
