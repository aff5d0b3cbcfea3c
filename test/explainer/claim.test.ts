import { describe, expect, it } from "vitest";
import { tensor } from "../../src/core.js";
import { explainWeights, wordGroups } from "../../src/explain/index.js";
import { readExpected } from "../universal-sentence-encoder/expected.js";

// Words that carry grammar rather than content, of those that occur in the sentences.
const functionWords = new Set([
  "the",
  "a",
  "by",
  "she",
  "at",
  "of",
  "out",
  "from",
  "each",
  "others",
  "i",
]);

/** The mean normalized entropy of function words and of content words, over all sentences. */
function entropies(layer: number, head: number | "mean", joined: boolean): [number, number] {
  const found: [number[], number[]] = [[], []];
  for (const { pieces, attention } of readExpected()) {
    const { data, shape } = attention[layer];
    const weights = tensor(Float64Array.from(data), { shape });
    const explanation = explainWeights(weights, { tokens: pieces });
    const view = head === "mean" ? explanation.mean() : explanation.head(head);
    const words = wordGroups(pieces, { marker: "▁" });
    // One word leaves no choice.
    if (words.length < 2) continue;
    const { normalizedEntropy } = (joined ? view.words(words) : view).matrix();
    words.forEach(({ text, pieces: own }, n) => {
      if (!/\p{L}/u.test(text)) return;
      const kind = functionWords.has(text.toLowerCase()) ? 0 : 1;
      found[kind].push(...(joined ? [normalizedEntropy[n]] : own.map((i) => normalizedEntropy[i])));
    });
  }
  return found.map((values) => values.reduce((a, b) => a + b, 0) / values.length) as [
    number,
    number,
  ];
}

/** Where function words do not spread wider. */
function exceptions(joined: boolean): string[] {
  return [0, 1].flatMap((layer) =>
    (["mean", 0, 1, 2, 3] as const).flatMap((head) => {
      const [grammar, content] = entropies(layer, head, joined);
      const name = `layer ${layer + 1}, ${head === "mean" ? "mean" : `head ${head + 1}`}`;
      if (process.env["QKV_REPORT"]) console.log(name, grammar.toFixed(3), content.toFixed(3));
      return grammar > content ? [] : [name];
    }),
  );
}

describe("function words spread their attention wider than content words", () => {
  it("between pieces", () => {
    expect(exceptions(false)).toEqual([]);
  });

  it("between words, but for one head", () => {
    expect(exceptions(true)).toEqual(["layer 2, head 1"]);
  });
});
