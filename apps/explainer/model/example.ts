import { tensor, type Tensor } from "qkv/core";
import { sentences, slugOf } from "../../../examples/trained/sentences.js";
import { tidy } from "./encodeSentence.js";
import type { Encoded } from "./messages.js";

interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What a file in examples/trained holds. */
export interface Example {
  readonly model: string;
  readonly sentence: string;
  readonly pieces: readonly string[];
  readonly known: readonly boolean[];
  readonly layers: readonly {
    readonly scale: number;
    readonly query: Stored;
    readonly key: Stored;
    readonly value: Stored;
    readonly state: Stored;
    readonly next: readonly number[];
  }[];
}

/** The file of a sentence that was read ahead, beside the page. */
export function exampleFile(text: string): string | undefined {
  const sentence = sentences.find((known) => known === tidy(text));
  return sentence && `examples/${slugOf(sentence)}.json`;
}

/** A file's numbers as the model gives them. */
export function encodedOf({ pieces, known, layers }: Example): Encoded {
  const load = ({ data, shape }: Stored): Tensor<Float32Array> =>
    tensor(new Float32Array(data), { shape });
  return {
    pieces,
    known,
    cut: 0,
    layers: layers.map(({ scale, query, key, value, state, next }) => ({
      scale,
      query: load(query),
      key: load(key),
      value: load(value),
      state: load(state),
      next: new Float32Array(next),
    })),
  };
}
