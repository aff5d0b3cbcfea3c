import { describe, expect, it } from "vitest";
import { encode } from "../../examples/universal-sentence-encoder/encoder.js";
import type { Layer, Model } from "../../examples/universal-sentence-encoder/architecture.js";
import { readModel } from "../../examples/universal-sentence-encoder/model.js";
import { attentionWithWeights } from "../../src/core.js";
import { explainWeights, wordGroups } from "../../src/explain/index.js";
import { readExpected, type Expected } from "./expected.js";

const TOLERANCE = 1e-4;
const model = readModel();
const sentences = readExpected();

function worstDifference(got: ArrayLike<number>, expected: readonly number[]): number {
  expect(got.length).toBe(expected.length);
  let worst = 0; // Math.max keeps a NaN, so that the comparison below fails
  expected.forEach((value, i) => (worst = Math.max(worst, Math.abs(got[i] - value))));
  return worst;
}

/** The attention weights of each layer, and the sentence embedding. */
function weigh(model: Model, ids: readonly number[]) {
  const { layers, embedding } = encode(model, ids);
  const weights = layers.map(
    ({ query, key, value, scale }) => attentionWithWeights(query, key, value, { scale }).weights,
  );
  return { weights, embedding };
}

/** The largest error of weights and embedding. */
function worstError(model: Model, expected: Expected): number {
  const { weights, embedding } = weigh(model, expected.ids);
  expect(weights.length).toBe(expected.attention.length);
  return Math.max(
    worstDifference(embedding, expected.embedding.data),
    ...expected.attention.map(({ shape, data }, layer) => {
      expect(weights[layer].shape).toEqual(shape);
      return worstDifference(weights[layer].data, data);
    }),
  );
}

describe("the encoder agrees with the graph", () => {
  it.each(sentences)("$text", (expected) => {
    const error = worstError(model, expected);
    if (!(error <= TOLERANCE)) expect.fail(`worst error ${error}, allowed ${TOLERANCE}`);
  });

  // Each is a mistake that a reader of the graph could make; the comparison has to see it.
  const mistakes: Record<string, (model: Model) => Model> = {
    "a score scale that is off by 1 %": (right) =>
      changeLayer(right, 1, ({ scoreScale }) => ({ scoreScale: scoreScale * 1.01 })),
    "norms of the two sublayers exchanged": (right) =>
      changeLayer(right, 1, ({ attentionNorm, feedForwardNorm }) => ({
        attentionNorm: feedForwardNorm,
        feedForwardNorm: attentionNorm,
      })),
    "a timing signal that starts a little later": (right) => {
      const { frequencies } = right;
      return {
        ...right,
        frequencies: { ...frequencies, data: frequencies.data.map((f) => f * 1.01) },
      };
    },
  };
  it.each(Object.keys(mistakes))("and the comparison catches %s", (name) => {
    const wrong = mistakes[name](model);
    const error = worstError(wrong, sentences[0]);
    expect(error).toBeGreaterThan(TOLERANCE);
  });

  it("has weights whose rows sum to one, and an embedding of length one", () => {
    for (const { ids } of sentences.slice(0, 3)) {
      const { weights, embedding } = weigh(model, ids);
      for (const { data } of weights) {
        for (let row = 0; row < data.length; row += ids.length) {
          const sum = data.subarray(row, row + ids.length).reduce((total, w) => total + w, 0);
          expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
        }
      }
      const squares = embedding.reduce((total, x) => total + x * x, 0);
      expect(Math.abs(squares - 1)).toBeLessThan(1e-6);
    }
  });

  it("has bank attend to river 0.24, itself 0.37, flooded 0.39 in layer 2", () => {
    const tokens = model.tokenizer("river bank flooded").map(({ text }) => text);
    const { weights } = weigh(model, sentences[0].ids);
    const words = wordGroups(tokens, { marker: "▁" });
    const { keys } = explainWeights(weights[1], { tokens }).mean().words(words).row(1);
    expect(keys.map(({ key, weight }) => `${key} ${weight.toFixed(2)}`)).toEqual([
      "flooded 0.39",
      "bank 0.37",
      "river 0.24",
    ]);
  });

  it("takes 1 to 128 tokens", () => {
    expect(() => encode(model, [])).toThrow(/expected 1 to 128 token ids; got 0/);
    expect(() => encode(model, Array<number>(129).fill(9))).toThrow(/got 129/);
  });
});

function changeLayer(model: Model, index: number, change: (layer: Layer) => Partial<Layer>): Model {
  const layers = model.layers.map((layer, i) =>
    i === index ? { ...layer, ...change(layer) } : layer,
  );
  return { ...model, layers };
}
