import type { AttentionOptions, FloatArray, Tensor } from "qkv/core";
import { readCall } from "../../src/attention/call.js";
import { attentionReference } from "../../src/attention/reference.js";
import { Random } from "../../src/testing/random.js";
import { randomTensor, type Precision } from "../tensors.js";
import { plainAttention } from "./attentionBaseline.js";
import type { CaseSpec, Contestant, PreparedCase } from "./types.js";

interface Work {
  name: string;
  dtypes?: Precision[];
  /** Heads; no head axis if absent. */
  heads?: number;
  kvHeads?: number;
  queries: number;
  keys?: number;
  size: number;
  options?: AttentionOptions;
  /** Random `allow`, three pairs of four. */
  mask?: boolean;
  layout?: "BLHD";
  weights?: boolean;
  /** Compare with a plain loop without tiles. */
  baseline?: boolean;
  quick?: boolean;
  headline?: boolean;
}

const both: Precision[] = ["float32", "float64"];
const tiny = { queries: 5, size: 64, quick: true };

// prettier-ignore
const work: Work[] = [
  { name: "5×64 (tiny)", ...tiny, dtypes: both, baseline: true, headline: true },
  { name: "5×64 causal", ...tiny, options: { causal: true } },
  { name: "5×64 with weights", ...tiny, weights: true },
  { name: "128×64", queries: 128, size: 64, quick: true, dtypes: both, baseline: true },
  { name: "512×64", queries: 512, size: 64, quick: true, dtypes: both, baseline: true },
  { name: "1024×64", queries: 1024, size: 64, dtypes: both, baseline: true, headline: true },
  { name: "128×128", queries: 128, size: 128, quick: true },
  { name: "512×128", queries: 512, size: 128 },
  { name: "1024×128", queries: 1024, size: 128, dtypes: both, headline: true },
  { name: "512×64 causal", queries: 512, size: 64, quick: true, options: { causal: true } },
  { name: "1024×64 causal", queries: 1024, size: 64, options: { causal: true }, headline: true },
  { name: "1024×128 causal", queries: 1024, size: 128, options: { causal: true } },
  // Time has to grow with the length, not with its square.
  { name: "512×64 causal, window 128", queries: 512, size: 64, quick: true, options: { causal: true, window: { left: 127 } } },
  { name: "2048×64 causal, window 128", queries: 2048, size: 64, options: { causal: true, window: { left: 127 } }, headline: true },
  { name: "512×64 random mask", queries: 512, size: 64, mask: true },
  { name: "512×64 softcap", queries: 512, size: 64, options: { softcap: 20 } },
  { name: "512×64 with weights", queries: 512, size: 64, weights: true, quick: true },
  { name: "1024×64 with weights", queries: 1024, size: 64, weights: true, headline: true },
  { name: "8 heads 128×64", heads: 8, queries: 128, size: 64, quick: true },
  { name: "8 heads 128×64, BLHD", heads: 8, queries: 128, size: 64, layout: "BLHD" },
  { name: "8 heads over 2, 128×64 (grouped)", heads: 8, kvHeads: 2, queries: 128, size: 64 },
  { name: "decode 8 heads 1×4096×64", heads: 8, queries: 1, keys: 4096, size: 64, dtypes: both, quick: true, headline: true },
  { name: "decode 8 heads over 2, 1×4096×64", heads: 8, kvHeads: 2, queries: 1, keys: 4096, size: 64 },
];

export const attentionCases: CaseSpec[] = work.flatMap((item) =>
  (item.dtypes ?? ["float32"]).map((dtype) => attentionCase(item, dtype)),
);

function attentionCase(item: Work, dtype: Precision): CaseSpec {
  const { name, queries, size, heads, weights = false, layout, quick, headline } = item;
  const { keys = queries, kvHeads = heads } = item;
  return {
    group: "attention",
    name,
    dtype,
    quick,
    headline,
    prepare({ attention, attentionWithWeights }) {
      const random = new Random(2);
      const shape = (count: number | undefined, length: number): number[] => {
        if (count === undefined) return [length, size];
        return layout === "BLHD" ? [length, count, size] : [count, length, size];
      };
      const query = randomTensor(shape(heads, queries), dtype, random);
      const key = randomTensor(shape(kvHeads, keys), dtype, random);
      const value = randomTensor(shape(kvHeads, keys), dtype, random);
      const options: AttentionOptions = { ...item.options };
      if (heads !== kvHeads) options.grouped = true;
      if (layout) options.layout = layout;
      if (item.mask) options.allow = randomMask([queries, keys], random);

      // An absent options object is the common call.
      const given = Object.keys(options).length > 0 ? options : undefined;
      const attend = () => attention(query, key, value, given).data;
      const attendWithWeights = () => attentionWithWeights(query, key, value, given);
      const contestants: Contestant[] = [
        weights
          ? {
              name: "qkv",
              run: () => attendWithWeights().output.data[0],
              results: () => {
                const got = attendWithWeights();
                return [got.output.data, got.weights.data];
              },
            }
          : { name: "qkv", run: () => attend()[0], results: () => [attend()] },
      ];
      if (item.baseline) {
        const plain = plainAttention(query, key, value);
        contestants.push({ name: "plain loops", run: () => plain()[0], results: () => [plain()] });
      }
      return { contestants, ...specification(query, key, value, options) };
    },
  };
}

/** What the float64 reference says of a case. Its L×S numbers live only as long as `error` does. */
function specification(
  query: Tensor<FloatArray>,
  key: Tensor<FloatArray>,
  value: Tensor<FloatArray>,
  options: AttentionOptions,
): Omit<PreparedCase, "contestants"> {
  const problem = readCall("attention", query, key, value, options);
  const { heads, queries, headSize, valueSize } = problem;
  const { masked, output, weights } = attentionReference(problem);
  const pairs = masked.reduce((sum, score) => sum + (score === -Infinity ? 0 : 1), 0);
  let largest = 0;
  for (const v of value.data) largest = Math.max(largest, Math.abs(v));
  const single = problem.dtype === "float32";
  const unit = 2 ** (single ? -18 : -46);
  // The reference is head first.
  const order = problem.sequenceFirst ? sequenceFirst(heads, queries, valueSize) : undefined;
  return {
    flops: 2 * (headSize + valueSize) * pairs,
    error: ([got, shares]) =>
      Math.max(
        distance(got, output, order) / (unit * largest),
        shares ? distance(shares, weights) / unit : 0,
      ),
    bound: single ? "2⁻¹⁸·max|v|" : "2⁻⁴⁶·max|v|",
  };
}

function randomMask(shape: readonly number[], random: Random): Tensor<Uint8Array> {
  const data = Uint8Array.from({ length: shape[0] * shape[1] }, () =>
    random.chance(0.75) ? 1 : 0,
  );
  return { data, shape, stride: [shape[1], 1], offset: 0, dtype: "bool" };
}

/** Where element `i` of a head-first result stands in one that is sequence first. */
function sequenceFirst(heads: number, queries: number, size: number): (i: number) => number {
  return (i) => {
    const e = i % size;
    const row = Math.floor(i / size) % queries;
    const head = Math.floor(i / (size * queries));
    return (row * heads + head) * size + e;
  };
}

/** The largest difference; NaN if there is one, or another number of elements. */
function distance(got: FloatArray, expected: Float64Array, order = (i: number): number => i) {
  if (got.length !== expected.length) return NaN;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(got[order(i)] - expected[i]);
    // Unlike a comparison, it keeps a NaN.
    worst = Math.max(worst, difference);
  }
  return worst;
}
