import { readFileSync } from "node:fs";
import { pageModel } from "../../apps/explainer/build/pageModel.js";
import { encodeSentence } from "../../apps/explainer/model/encodeSentence.js";
import { encodedOf, exampleFile, type Example } from "../../apps/explainer/model/example.js";
import type { Encoded } from "../../apps/explainer/model/messages.js";
import { readModelFile, writeModelFile } from "../../apps/explainer/model/modelFile.js";
import { readingOf, type Reading } from "../../apps/explainer/reading.js";
import { initial, type State } from "../../apps/explainer/state.js";
import { createTokenizer } from "../../examples/universal-sentence-encoder/tokenizer.js";

const model = readModelFile(writeModelFile(pageModel()).buffer as ArrayBuffer);
const tokenizer = createTokenizer(model.vocabulary);

/** A sentence as the page has it: from its file, or from the page's copy of the model. */
export function encoded(text: string): Encoded {
  const file = exampleFile(text)?.replace("examples", "../../examples/trained");
  return file === undefined
    ? encodeSentence(model, tokenizer, text)
    : encodedOf(JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as Example);
}

/** What the library computes for a state, from the same numbers as the page. */
export function expected(state: Partial<State> = {}): Reading {
  const whole = { ...initial, ...state };
  return readingOf(encoded(whole.text), whole);
}

/** Weights as the page writes them. */
export function percents(weights: readonly number[]): string[] {
  return weights.map((weight) => `${Math.round(weight * 100)}\u00a0%`);
}
