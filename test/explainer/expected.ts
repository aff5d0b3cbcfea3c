import { pageModel } from "../../apps/explainer/build/pageModel.js";
import { readModelFile, writeModelFile } from "../../apps/explainer/model/modelFile.js";
import { readingOf, type Reading } from "../../apps/explainer/reading.js";
import { initial, type State } from "../../apps/explainer/state.js";
import { encodeInputs } from "../../examples/universal-sentence-encoder/encoder.js";
import { createTokenizer } from "../../examples/universal-sentence-encoder/tokenizer.js";

const model = readModelFile(writeModelFile(pageModel()).buffer as ArrayBuffer);
const tokenize = createTokenizer(model.vocabulary);

/** What the library computes for a state, from the same copy of the model. */
export function expected(state: Partial<State> = {}): Reading {
  const whole = { ...initial, ...state };
  const tokens = tokenize(whole.text);
  const ids = tokens.map(({ id }) => id);
  const layers = encodeInputs(model.embedding, [model.first], model.last, ids);
  return readingOf({ pieces: tokens.map(({ text }) => text), cut: 0, layers }, whole);
}

/** Weights as the page writes them. */
export function percents(weights: readonly number[]): string[] {
  return weights.map((weight) => `${Math.round(weight * 100)}\u00a0%`);
}
