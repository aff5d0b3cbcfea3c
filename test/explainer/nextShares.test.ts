import { describe, expect, it } from "vitest";
import { nextGram } from "../../apps/explainer/model/nextGram.js";
import { nextShares } from "../../apps/explainer/model/nextShares.js";
import { encode } from "../../examples/universal-sentence-encoder/encoder.js";
import { linear } from "../../examples/universal-sentence-encoder/layers.js";
import { readModel } from "../../examples/universal-sentence-encoder/model.js";
import { attention, attentionWithWeights, mergeHeads, tensor, toNested } from "../../src/core.js";

const model = readModel();
// More than 64 vectors: more than one block of inner products.
const ids = model
  .tokenizer("the bat flew out of the cave and over the river bank at night")
  .map(({ id }) => id);
const length = ids.length;
const { layers } = encode(model, ids);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, e) => sum + x * b[e], 0);

describe.each([0, 1])("layer %i", (n) => {
  const inputs = layers[n];
  const projection = model.layers[n].outputProjection;
  const gram = nextGram(inputs, projection);
  const residuals = toNested(inputs.residual) as number[][];

  /** One head's, or one key's, part of token i's attention output, projected: without the inner products. */
  function part(weights: number[][], h: number, j: number): number[] {
    const values = (toNested(inputs.value) as number[][][])[h][j];
    const start = h * values.length;
    return Array.from(projection.bias.data, (_, e) =>
      values.reduce(
        (sum, v, d) => sum + weights[h][j] * v * projection.kernel.data[(start + d) * 512 + e],
        0,
      ),
    );
  }

  it.each([
    ["as the model has them", {}],
    ["causal", { causal: true }],
    ["of another temperature", { scale: inputs.scale / 3 }],
  ])("shares are projections on the next state, for weights %s", (_, options) => {
    const asked = { scale: inputs.scale, ...options };
    const { query, key, value } = inputs;
    const all = toNested(attentionWithWeights(query, key, value, asked).weights) as number[][][];
    const attended = linear(mergeHeads(attention(query, key, value, asked)), projection);
    for (const i of [0, 4, length - 1]) {
      const weights = all.map((rows) => rows[i]);
      const next = residuals[i].map((x, e) => x + attended.data[i * 512 + e]);
      const share = (vector: ArrayLike<number>): number => dot(vector, next) / dot(next, next);
      const found = nextShares(gram, weights, i);
      expect(found.residual).toBeCloseTo(share(residuals[i]), 4);
      expect(found.bias).toBeCloseTo(share(projection.bias.data), 4);
      const parts = weights.map((row, h) => row.map((_, j) => share(part(weights, h, j))));
      found.heads.forEach((head, h) => {
        expect(head).toBeCloseTo(
          parts[h].reduce((sum, x) => sum + x, 0),
          4,
        );
      });
      expect(found.keys).toHaveLength(length);
      found.keys.forEach((key, j) => {
        expect(key).toBeCloseTo(
          parts.reduce((sum, head) => sum + head[j], 0),
          4,
        );
      });
      expect(found.attention).toBeCloseTo(
        found.heads.reduce((sum, x) => sum + x, 0),
        10,
      );
      expect(found.residual + found.bias + found.attention).toBeCloseTo(1, 10);
    }
  });

  it("dragged weights need not sum to 1", () => {
    const weights = [0, 1, 2, 3].map((h) =>
      Array.from({ length }, (_, j) => (h === 2 && j === 3 ? 0.7 : 0)),
    );
    const summand = part(weights, 2, 3);
    const next = residuals[1].map((x, e) => x + projection.bias.data[e] + summand[e]);
    const { heads, keys } = nextShares(gram, weights, 1);
    const share = dot(summand, next) / dot(next, next);
    expect(heads[2]).toBeCloseTo(share, 4);
    expect(keys[3]).toBeCloseTo(share, 4);
    expect([heads[0], keys[2]]).toEqual([0, 0]);
  });
});

it("a state of length 0 has no shares; products of another sentence are refused", () => {
  const zeros = nextGram(
    {
      value: tensor(new Float32Array(2), { shape: [1, 2, 1] }),
      residual: tensor(new Float32Array(6), { shape: [2, 3] }),
    },
    {
      kernel: tensor(new Float32Array(3), { shape: [1, 3] }),
      bias: tensor(new Float32Array(3), { shape: [3] }),
    },
  );
  expect(zeros).toHaveLength(15);
  expect(nextShares(zeros, [[0.5, 0.5]], 0)).toMatchObject({ residual: 0, bias: 0, attention: 0 });
  expect(() => nextShares(zeros, [[0.2, 0.3, 0.5]], 0)).toThrow(
    "nextShares(): expected 28 inner products for 1 heads and 3 tokens; got 15",
  );
});
