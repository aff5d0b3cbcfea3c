import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pageModel } from "../../apps/explainer/build/pageModel.js";
import { encodeSentence } from "../../apps/explainer/model/encodeSentence.js";
import { encodedOf, exampleFile, type Example } from "../../apps/explainer/model/example.js";
import type { Encoded } from "../../apps/explainer/model/messages.js";
import { readModelFile, writeModelFile } from "../../apps/explainer/model/modelFile.js";
import { nextShares } from "../../apps/explainer/model/nextShares.js";
import { sentences, slugOf } from "../../examples/trained/sentences.js";
import { createTokenizer } from "../../examples/universal-sentence-encoder/tokenizer.js";
import { exampleFiles } from "../../scripts/examples.js";
import { attentionWithWeights } from "../../src/core.js";
import { markdownExamples } from "../docs-examples/extract.js";
import { importFromSource, runExample } from "../docs-examples/run.js";

const file = (name: string): string =>
  readFileSync(new URL(`../../examples/trained/${name}`, import.meta.url), "utf8");
const read = (sentence: string): Example => JSON.parse(file(`${slugOf(sentence)}.json`)) as Example;
const live = readModelFile(writeModelFile(pageModel()).buffer as ArrayBuffer);
const tokenizer = createTokenizer(live.vocabulary);

/** The weights of a layer, and the shares of every next state: `[H, L, L]` and a list of numbers. */
function results(
  { layers, pieces }: Encoded,
  n: number,
): { weights: Float32Array; next: number[] } {
  const { query, key, value, scale, next } = layers[n];
  const weights = attentionWithWeights(query, key, value, { scale }).weights.data;
  const length = pieces.length;
  const shares = pieces.map((_, i) => {
    const rows = [0, 1, 2, 3].map((h) =>
      weights.subarray((h * length + i) * length).slice(0, length),
    );
    return nextShares(next, rows, i);
  });
  return {
    weights,
    next: shares.flatMap(({ residual, bias, heads, keys }) => [residual, bias, ...heads, ...keys]),
  };
}

describe.each(sentences)("%s", (sentence) => {
  const [stored, computed] = [encodedOf(read(sentence)), encodeSentence(live, tokenizer, sentence)];

  it("has the pieces of the page's model, weights within 0.001 and shares within 0.002", () => {
    expect({ ...stored, layers: [] }).toEqual({ ...computed, layers: [] });
    for (const n of [0, 1]) {
      const [a, b] = [results(stored, n), results(computed, n)];
      expect(a.weights.length).toBe(b.weights.length);
      a.weights.forEach((weight, at) =>
        expect(Math.abs(weight - b.weights[at])).toBeLessThan(1e-3),
      );
      a.next.forEach((share, at) => expect(Math.abs(share - b.next[at])).toBeLessThan(2e-3));
    }
  });
});

it("the files are what the model gives", () => {
  const files = exampleFiles();
  expect(files.size).toBe(sentences.length);
  for (const [name, text] of files) expect(file(name) === text, name).toBe(true);
});

it("a sentence has a file however it is spaced; others have none", () => {
  expect(exampleFile("  river bank   flooded ")).toBe("examples/river-bank-flooded.json");
  expect(["", "river bank", "River bank flooded"].map(exampleFile)).toEqual(
    Array(3).fill(undefined),
  );
});

it("the README's program prints the rows of a head", async () => {
  const [program] = markdownExamples("examples/trained/README.md", file("README.md"));
  const lines: string[] = [];
  const code = `${program.code}\n`.replaceAll("console.log", "lines.push");
  const named = {
    ...program,
    code: `import { lines } from "lines";\n${code.replace("lines.push(text, ", 'lines.push(text + " " + ')}`,
  };
  await runExample(named, async (name, example) => {
    if (name === "lines") return { lines };
    if (!name.endsWith(".json")) return importFromSource(name, example);
    return { default: JSON.parse(file(name.replace("qkv/examples/", ""))) };
  });
  const { query, key, value, scale } = encodedOf(read("river bank flooded")).layers[1];
  const { weights } = attentionWithWeights(query, key, value, { scale });
  const row = (i: number): string =>
    Array.from(weights.data.subarray((8 + i) * 4, (9 + i) * 4), (w) => w.toFixed(2)).join(" ");
  expect(lines).toEqual(
    ["▁river", "▁bank", "▁flood", "ed"].map((piece, i) => `${piece} ${row(i)}`),
  );
});
