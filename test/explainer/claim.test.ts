import { describe, expect, it } from "vitest";
import { pageModel } from "../../apps/explainer/build/pageModel.js";
import { readModelFile, writeModelFile } from "../../apps/explainer/model/modelFile.js";
import { encodeInputs } from "../../examples/universal-sentence-encoder/encoder.js";
import { attentionWithWeights, tensor } from "../../src/core.js";
import { explainWeights, wordGroups } from "../../src/explain/index.js";
import { readExpected } from "../universal-sentence-encoder/expected.js";

// Words that carry grammar rather than content, of those that occur in the sentences.
const plain = ["the", "a", "by", "at", "of", "out", "from", "each"];
const pronouns = ["she", "others", "i"];

const sentences = readExpected();
const copy = readModelFile(writeModelFile(pageModel()).buffer as ArrayBuffer);

/** The weights of each sentence and layer: of TensorFlow.js with the full model, and of the page's copy. */
const sources = {
  "the full model": sentences.map(({ attention }) =>
    attention.map(({ data, shape }) => tensor(Float64Array.from(data), { shape })),
  ),
  "the page's copy": sentences.map(({ ids }) =>
    encodeInputs(copy.embedding, [copy.first], copy.last, ids).map(
      ({ query, key, value, scale }) => attentionWithWeights(query, key, value, { scale }).weights,
    ),
  ),
};
type Weights = (typeof sources)[keyof typeof sources];

interface Question {
  readonly weights: Weights;
  readonly grammar: readonly string[];
  readonly joined: boolean;
}

/** The mean normalized entropy of function words and of content words, over all sentences. */
function entropies(
  { weights, grammar, joined }: Question,
  layer: number,
  head: number | "mean",
): [number, number] {
  const found: [number[], number[]] = [[], []];
  sentences.forEach(({ pieces }, n) => {
    const explanation = explainWeights(weights[n][layer], {
      tokens: pieces,
    });
    const view = head === "mean" ? explanation.mean() : explanation.head(head);
    const words = wordGroups(pieces, { marker: "▁" });
    // One word leaves no choice.
    if (words.length < 2) return;
    const { normalizedEntropy } = (joined ? view.words(words) : view).matrix();
    words.forEach(({ text, pieces: own }, word) => {
      if (!/\p{L}/u.test(text)) return;
      const rows = joined ? [word] : own;
      const kind = grammar.includes(text.toLowerCase()) ? 0 : 1;
      found[kind].push(...rows.map((row) => normalizedEntropy[row]));
    });
  });
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean(found[0]), mean(found[1])];
}

/** Where function words do not spread wider. */
function exceptions(question: Question): string[] {
  return [0, 1].flatMap((layer) =>
    (["mean", 0, 1, 2, 3] as const).flatMap((head) => {
      const [grammar, content] = entropies(question, layer, head);
      return grammar > content
        ? []
        : [`layer ${layer + 1}, ${head === "mean" ? "mean" : `head ${head + 1}`}`];
    }),
  );
}

describe.each(Object.entries(sources))("in %s, function words spread wider", (_, weights) => {
  it("in every head of both layers, between pieces and between words", () => {
    for (const joined of [false, true]) {
      expect(exceptions({ weights, grammar: plain, joined })).toEqual([]);
    }
  });

  it("in layer 2, 0.95 against 0.87 in the mean of its heads", () => {
    const [grammar, content] = entropies({ weights, grammar: plain, joined: false }, 1, "mean");
    expect(grammar).toBeCloseTo(0.95, 2);
    expect(content).toBeCloseTo(0.87, 2);
  });

  it("with pronouns among them too, but for one head between words", () => {
    const grammar = [...plain, ...pronouns];
    expect(exceptions({ weights, grammar, joined: false })).toEqual([]);
    expect(exceptions({ weights, grammar, joined: true })).toEqual(["layer 2, head 1"]);
  });
});
