import ndarray from "ndarray";
import { describe, expect, it } from "vitest";
import { attention as wrapped } from "../../src/index.js";
import {
  checkAttention,
  type AttentionFunction,
  type CallOptions,
  type Supports,
} from "../../src/testing/index.js";
import type { FloatArray, Tensor } from "../../src/tensor/types.js";
import { handWritten, handWrittenSupports, rightSteps } from "./handWritten.js";

// Functions that are right, with other orders of operations, other precisions and other ways of returning tensors.
// None of their roundings may be taken for a mistake.

const { fround } = Math;
type Floats = Tensor<FloatArray>;

const matrix = ({ data, shape: [rows, columns] }: Floats): number[][] =>
  Array.from({ length: rows }, (_, r) => [...data.subarray(r * columns, (r + 1) * columns)]);

/** What a kernel makes of one query: its scores and values, −Infinity where blocked. */
type Kernel = (scores: number[], values: number[][]) => number[];

/** `[L, D]`, mask and causal; everything but the scores is the kernel's. */
function withKernel(kernel: Kernel, dot = sequentialDot): AttentionFunction {
  return (query, key, value, { mask, causal }) => {
    const [q, k, v] = [query, key, value].map(matrix);
    const scale = fround(1 / Math.sqrt(query.shape[1]));
    return q.map((x, i) => {
      const scores = k.map((y, j) => {
        const blocked = (mask && mask.data[i * k.length + j] === 0) || (causal && j > i);
        return blocked ? -Infinity : fround(dot(x, y) * scale);
      });
      return kernel(scores, v);
    });
  };
}

function sequentialDot(x: number[], y: number[]): number {
  return x.reduce((sum, a, d) => fround(sum + fround(a * y[d])), 0);
}

/** Fused multiply-adds, from the last feature to the first. */
function fusedDot(x: number[], y: number[]): number {
  return x.reduceRight((sum, a, d) => fround(sum + a * y[d]), 0);
}

/** Sums of halves, as a tree of lanes does. */
function pairwise(terms: number[]): number {
  if (terms.length <= 1) return terms[0] ?? 0;
  const middle = terms.length >> 1;
  return fround(pairwise(terms.slice(0, middle)) + pairwise(terms.slice(middle)));
}

const column = (values: number[][], e: number): number[] => values.map((row) => row[e]);
const outputs = (values: number[][], of: (v: number[]) => number): number[] =>
  values[0].map((_, e) => of(column(values, e)));

/** One key after the other with a running maximum, as streaming kernels do. */
const online: Kernel = (scores, values) => {
  let [top, sum] = [-Infinity, 0];
  const output = values[0].map(() => 0);
  scores.forEach((s, j) => {
    if (s === -Infinity) return;
    const next = Math.max(top, s);
    const keep = top === -Infinity ? 0 : fround(Math.exp(fround(top - next)));
    const power = fround(Math.exp(fround(s - next)));
    sum = fround(fround(sum * keep) + power);
    values[j].forEach((v, e) => (output[e] = fround(fround(output[e] * keep) + fround(power * v))));
    top = next;
  });
  const inverse = fround(1 / sum);
  return output.map((o) => fround(o * inverse));
};

/** Powers of two, as GPU kernels take them. */
const powersOfTwo: Kernel = (scores, values) => {
  const log2e = fround(Math.LOG2E);
  const top = Math.max(...scores);
  const powers = scores.map((s) => fround(2 ** fround(fround(s - top) * log2e)));
  const sum = pairwise(powers);
  return outputs(values, (v) =>
    fround(pairwise(powers.map((p, j) => (p === 0 ? 0 : fround(p * v[j])))) / sum),
  );
};

/** The weights first, from the last key to the first. */
const normalizedFirst: Kernel = (scores, values) => {
  const top = Math.max(...scores);
  const powers = scores.map((s) => fround(Math.exp(fround(s - top))));
  const sum = powers.reduceRight((a, p) => fround(a + p), 0);
  const weights = powers.map((p) => fround(p / sum));
  return outputs(values, (v) => weights.reduceRight((a, w, j) => fround(a + fround(w * v[j])), 0));
};

/** An exponential that is two units off. */
const roughExponential: Kernel = (scores, values) => {
  const top = Math.max(...scores);
  const powers = scores.map((s) =>
    s === top && s > -Infinity ? 1 : fround(Math.exp(s - top) * (1 - 2 ** -22)),
  );
  const sum = powers.reduce((a, p) => fround(a + p), 0);
  return outputs(values, (v) => fround(powers.reduce((a, p, j) => a + p * v[j], 0) / sum));
};

/** bfloat16: 8 bits of the significand. */
function short(x: number): number {
  const big = x * 65537;
  return Number.isFinite(big) ? big - (big - x) : x;
}

const toBfloat16: Kernel = (scores, values) => {
  const rounded = scores.map(short);
  const top = Math.max(...rounded);
  const powers = rounded.map((s) => short(Math.exp(short(s - top))));
  const sum = powers.reduce((a, p) => short(a + p), 0);
  return outputs(values, (v) =>
    short(powers.reduce((a, p, j) => short(a + short(p * v[j])), 0) / sum),
  );
};

const plain: Supports = { mask: "allow", causal: "square", emptyRow: undefined };
const double: Kernel = (scores, values) => {
  const powers = scores.map((s) => Math.exp(s - Math.max(...scores)));
  const sum = powers.reduce((a, p) => a + p, 0);
  return outputs(values, (v) => powers.reduce((a, p, j) => a + (p * v[j]) / sum, 0));
};

const all = handWritten();
const answers =
  (change: (answer: { data: Float32Array; dims: number[] }) => unknown): AttentionFunction =>
  (query, key, value, options) =>
    change(all(query, key, value, options) as never);

const right: Record<string, [AttentionFunction, Supports]> = {
  "one key after the other, a running maximum": [withKernel(online), plain],
  "powers of two, sums of halves": [withKernel(powersOfTwo, fusedDot), plain],
  "weights first, from the last key to the first": [withKernel(normalizedFirst), plain],
  "fused multiply-adds": [withKernel(online, fusedDot), plain],
  "an exponential that is two units off": [withKernel(roughExponential), plain],
  "float64 inside": [withKernel(double), plain],
  "bfloat16 inside, and it says so": [
    withKernel(
      (s, v) => toBfloat16(s, v),
      (x, y) => x.reduce((a, q, d) => short(a + short(q * y[d])), 0),
    ),
    { ...plain, unit: 2 ** -8 },
  ],
  "a mask that says what is blocked": [
    (query, key, value, { mask, ...rest }) => {
      const allowed = mask && { ...mask, data: mask.data.map((x) => 1 - x) };
      return all(query, key, value, { ...rest, ...(allowed ? { mask: allowed } : {}) });
    },
    { ...handWrittenSupports, mask: "block" },
  ],
  "a mask that is added": [
    (query, key, value, { additiveMask, bias, ...rest }) => {
      const sum = additiveMask?.data.map((x, at) => x + (bias?.data[at] ?? 0));
      const added = sum && ({ ...additiveMask, data: sum } as Tensor<FloatArray>);
      return all(query, key, value, {
        ...rest,
        ...(added ? { bias: added } : bias ? { bias } : {}),
      });
    },
    { ...handWrittenSupports, mask: "additive" },
  ],
  "empty rows that are NaN": [
    handWritten({
      softmax: (scores, sink, row) => {
        const result = rightSteps.softmax(scores, sink, row);
        return result.lse === -Infinity ? { ...result, weights: scores.map(() => NaN) } : result;
      },
    }),
    { ...handWrittenSupports, emptyRow: "nan" },
  ],
  "empty rows that are the mean": [
    handWritten({
      softmax: (scores, sink, row) => {
        const result = rightSteps.softmax(scores, sink, row);
        const mean = scores.map(() => fround(1 / scores.length));
        return result.lse === -Infinity ? { ...result, weights: mean } : result;
      },
    }),
    { ...handWrittenSupports, emptyRow: "uniform" },
  ],
  "a default scale of 1": [
    (query, key, value, { scale = 1, ...options }) => all(query, key, value, { ...options, scale }),
    { ...handWrittenSupports, defaultScale: () => 1 },
  ],
  "causal towards the last key": [all, { ...handWrittenSupports, causal: "bottomRight" }],
  "masks that are the same for all heads": [
    (query, key, value, { mask, bias, ...rest }) => {
      const [B, H] = query.shape;
      const spread = <T extends FloatArray | Uint8Array>(pairs: Tensor<T>): Tensor<T> => {
        const data = new (pairs.data.constructor as new (n: number) => T)(
          pairs.data.length * B * H,
        );
        for (let at = 0; at < B * H; at++) data.set(pairs.data, at * pairs.data.length);
        return { ...pairs, data };
      };
      const options: CallOptions = { ...rest };
      if (mask) options.mask = spread(mask);
      if (bias) options.bias = spread(bias);
      return all(query, key, value, options);
    },
    { ...handWrittenSupports, perHead: false },
  ],
  promises: [answers((answer) => Promise.resolve(answer)), handWrittenSupports],
  "the library, NdArrays out": [
    (query, key, value) => wrapped(query, key, value),
    { batch: true, heads: true, dtype: ["float32", "float64"], exact: true },
  ],
  "an NdArray with strides of its own": [
    (query, key, value, options) => {
      const { data, dims } = all(query, key, value, options) as {
        data: Float32Array;
        dims: number[];
      };
      const [B, H, L, E] = dims;
      const turned = ndarray(new Float32Array(data.length), [B, H, E, L]).transpose(0, 1, 3, 2);
      for (let at = 0; at < data.length; at++) {
        const [e, i, bh] = [at % E, Math.floor(at / E) % L, Math.floor(at / (E * L))];
        turned.set(Math.floor(bh / H), bh % H, i, e, data[at]);
      }
      return turned;
    },
    { batch: true, heads: true },
  ],
};

// QKV_SEED=7 takes other cases, QKV_RUNS=20 multiplies them.
const seed = Number(process.env.QKV_SEED ?? 1);
const runs = 36 * Number(process.env.QKV_RUNS ?? 1);

describe("functions that are right", () => {
  for (const [name, [fn, supports]] of Object.entries(right)) {
    it(name, async () => {
      const report = await checkAttention(fn, { supports, seed, runs });
      report.assert();
      expect(report.laws.filter(({ status }) => status === "held").length).toBeGreaterThan(9);
    });
  }
});

describe("a function that masks by a large number", () => {
  it("is found in the first case of the law, whatever the seed", async () => {
    const filling = handWritten({ blocked: (score) => Math.fround(score - 1e9) });
    const law = { supports: handWrittenSupports, only: ["fill-leak"], runs: 1 };
    for (let seed = 1; seed <= 40; seed++) {
      const { laws } = await checkAttention(filling, { ...law, seed });
      expect(laws[0].status, `seed ${seed}`).toBe("broken");
    }
  });
});
