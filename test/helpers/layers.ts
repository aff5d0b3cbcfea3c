import type { Dense } from "./tensors.js";
import { newArray } from "./tensors.js";
import type { FloatArray } from "../../src/tensor/types.js";

// The parts of a transformer layer that are no attention, naive and in float64 arithmetic.

type Floats = Dense<FloatArray>;

/** `y = x·Wᵀ + b` over the last axis; `weight [out, in]`. */
export function linear(x: Floats, weight: Floats, bias?: Floats): Floats {
  const [outputs, inputs] = weight.shape;
  const rows = x.data.length / inputs;
  const data = newArray(x.data, rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outputs; o++) {
      let sum = bias ? bias.data[o] : 0;
      for (let i = 0; i < inputs; i++)
        sum += x.data[row * inputs + i] * weight.data[o * inputs + i];
      data[row * outputs + o] = sum;
    }
  }
  return { data, shape: [...x.shape.slice(0, -1), outputs] };
}

/** Layer normalization over the last axis, population variance, epsilon inside the root. */
export function layerNorm(
  x: Floats,
  weight: Floats,
  bias: Floats | undefined,
  epsilon: number,
): Floats {
  const width = weight.data.length;
  const data = newArray(x.data, x.data.length);
  for (let start = 0; start < data.length; start += width) {
    const row = Array.from(x.data.subarray(start, start + width));
    const mean = row.reduce((a, b) => a + b, 0) / width;
    const variance = row.reduce((a, b) => a + (b - mean) * (b - mean), 0) / width;
    for (let i = 0; i < width; i++) {
      const normal = (row[i] - mean) / Math.sqrt(variance + epsilon);
      data[start + i] = normal * weight.data[i] + (bias ? bias.data[i] : 0);
    }
  }
  return { data, shape: x.shape };
}

export function add(a: Floats, b: Floats): Floats {
  return { data: a.data.map((value, i) => value + b.data[i]) as FloatArray, shape: a.shape };
}

export const activations: Record<string, (x: Floats) => Floats> = {
  relu: (x) => map(x, (v) => Math.max(v, 0)),
  gelu: (x) => map(x, gelu),
};

function map(x: Floats, f: (value: number) => number): Floats {
  return { data: x.data.map(f) as FloatArray, shape: x.shape };
}

/** The exact form, `x·Φ(x)`. */
export function gelu(x: number): number {
  return (x / 2) * (1 + erf(x / Math.SQRT2));
}

/** Power series near 0; further out a continued fraction of erfc, evaluated from its far end. */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (z < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = z;
  for (let n = 120; n >= 1; n--) fraction = z + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-z * z) / (fraction * Math.sqrt(Math.PI)));
}
