import { tensor, type Tensor } from "qkv/core";
import { MAX_TOKENS } from "../../../examples/universal-sentence-encoder/architecture.js";
import { encodeInputs } from "../../../examples/universal-sentence-encoder/encoder.js";
import { UNKNOWN, type Tokenizer } from "../../../examples/universal-sentence-encoder/tokenizer.js";
import type { Encoded } from "./messages.js";
import type { PageModel } from "./modelFile.js";
import { nextGram } from "./nextGram.js";

/** Reads a sentence, or as much of it as the model can. */
export function encodeSentence(
  { embedding, first, last }: Pick<PageModel, "embedding" | "first" | "last">,
  tokenizer: Tokenizer,
  text: string,
): Encoded {
  const tokens = tokenizer(tidy(text));
  const kept = tokens.slice(0, MAX_TOKENS);
  const ids = kept.map(({ id }) => id);
  const inputs = ids.length === 0 ? [] : encodeInputs(embedding, [first], last, ids);
  return {
    pieces: kept.map(({ text }) => text),
    known: ids.map((id) => id !== UNKNOWN),
    cut: tokens.length - kept.length,
    layers: inputs.map(({ residual, ...layer }, n) => ({
      ...layer,
      state: beginnings(residual),
      next: nextGram({ value: layer.value, residual }, [first, last][n].outputProjection),
    })),
  };
}

/** As many numbers of a state as a picture shows. */
const shown = 16;

function beginnings({
  data,
  shape: [length],
  stride,
  offset,
}: Tensor<Float32Array>): Tensor<Float32Array> {
  const state = new Float32Array(length * shown);
  for (let i = 0; i < state.length; i++) {
    state[i] = data[offset + Math.floor(i / shown) * stride[0] + (i % shown) * stride[1]];
  }
  return tensor(state, { shape: [length, shown] });
}

/** One space between words and none around them, as the vocabulary knows it. */
export const tidy = (text: string): string => text.trim().replace(/\s+/gu, " ");
