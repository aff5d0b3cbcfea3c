// Writes examples/trained/*.json: sentences as the trained encoder reads them. `--check` compares instead.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toNested, type Tensor } from "qkv/core";
import { encodeSentence } from "../apps/explainer/model/encodeSentence.js";
import type { Example } from "../apps/explainer/model/example.js";
import { sentences, slugOf } from "../examples/trained/sentences.js";
import { readModel } from "../examples/universal-sentence-encoder/model.js";
import { root } from "./step.js";

/**
 * With 4 digits the weights are within 0.0004 of those of the whole numbers (with 3 within 0.002), the shares of a
 * next state within 0.0001.
 */
const digits = 4;

const rounded = (numbers: Iterable<number>): number[] =>
  Array.from(numbers, (x) => Number(x.toPrecision(digits)));

const store = (it: Tensor<Float32Array>): { shape: readonly number[]; data: number[] } => ({
  shape: it.shape,
  data: rounded((toNested(it) as number[][][]).flat(2)),
});

/** The files: name → text. */
export function exampleFiles(): Map<string, string> {
  const { tokenizer, layers, ...embedding } = readModel();
  const model = { embedding, first: layers[0], last: layers[1] };
  const files = sentences.map((sentence) => {
    const { pieces, known, layers } = encodeSentence(model, tokenizer, sentence);
    const example: Example = {
      model: "Universal Sentence Encoder Lite, Copyright Google LLC, Apache License 2.0",
      sentence,
      pieces,
      known,
      layers: layers.map(({ scale, query, key, value, state, next }) => ({
        scale,
        query: store(query),
        key: store(key),
        value: store(value),
        state: { shape: state.shape, data: rounded(state.data) },
        next: rounded(next),
      })),
    };
    // A line for each field: files that can be looked at.
    const text = JSON.stringify(example).replace(/[{,](?="(?!shape|data)\w+":)/g, "$&\n");
    return [`${slugOf(sentence)}.json`, `${text}\n`] as const;
  });
  return new Map(files);
}

if (process.argv[1]?.endsWith("examples.ts")) {
  const files = exampleFiles();
  for (const [name, text] of files) {
    const path = join(root, "examples/trained", name);
    if (!process.argv.includes("--check")) writeFileSync(path, text);
    else if (readFileSync(path, "utf8") !== text) {
      throw new Error(`examples/trained/${name} is not what its sources give; npm run examples`);
    }
  }
  console.log(`${files.size} sentences`);
}
