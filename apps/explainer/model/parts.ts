import type {
  AttentionStem,
  Embedding,
  Layer,
  Linear,
  Norm,
} from "../../../examples/universal-sentence-encoder/architecture.js";
import type { Vocabulary } from "../../../examples/universal-sentence-encoder/tokenizer.js";
import { tensor, type Tensor } from "qkv/core";

/** What the page needs of the model: everything up to what the second layer's attention reads. */
export interface PageModel {
  readonly vocabulary: Vocabulary;
  readonly embedding: Embedding;
  readonly first: Layer;
  readonly last: AttentionStem;
}

/** Turns the matrices and vectors of a model into something else, each under its name. */
export interface Store {
  /** A large matrix. */
  matrix(name: string, get: () => Tensor<Float32Array>): Tensor<Float32Array>;
  /** A few numbers that stay as they are. */
  vector(name: string, get: () => Tensor<Float32Array>): Tensor<Float32Array>;
}

/**
 * Walks the parts of the model in their fixed order. With a store that writes, `source` is the model; with
 * one that reads, it is not there and the store makes the tensors.
 */
export function walkParts(
  store: Store,
  source?: { embedding: Embedding; first: Layer; last: AttentionStem },
): Omit<PageModel, "vocabulary"> {
  const linear = (name: string, get: () => Linear): Linear => ({
    kernel: store.matrix(`${name}.kernel`, () => get().kernel),
    bias: store.vector(`${name}.bias`, () => get().bias),
  });
  const norm = (name: string, get: () => Norm): Norm => ({
    scale: store.vector(`${name}.scale`, () => get().scale),
    bias: store.vector(`${name}.bias`, () => get().bias),
  });
  const stem = (name: string, get: () => AttentionStem): AttentionStem => ({
    attentionNorm: norm(`${name}.attentionNorm`, () => get().attentionNorm),
    packedProjection: linear(`${name}.packedProjection`, () => get().packedProjection),
    scoreScale: store.vector(`${name}.scoreScale`, () =>
      tensor(Float32Array.of(get().scoreScale), { shape: [1] }),
    ).data[0],
  });
  return {
    embedding: {
      embeddings: store.matrix("embeddings", () => source!.embedding.embeddings),
      frequencies: store.vector("frequencies", () => source!.embedding.frequencies),
    },
    first: {
      ...stem("first", () => source!.first),
      adjustResidual: linear("adjustResidual", () => source!.first.adjustResidual!),
      outputProjection: linear("outputProjection", () => source!.first.outputProjection),
      feedForwardNorm: norm("feedForwardNorm", () => source!.first.feedForwardNorm),
      expand: linear("expand", () => source!.first.expand),
      contract: linear("contract", () => source!.first.contract),
    },
    last: stem("last", () => source!.last),
  };
}
