import type { Tensor } from "qkv/core";
import type { Tokenizer } from "./tokenizer.js";

/** y = x·kernel + bias; kernel `[in, out]`, bias `[out]`. */
export interface Linear {
  readonly kernel: Tensor<Float32Array>;
  readonly bias: Tensor<Float32Array>;
}

/** Scale and bias of a layer normalization, `[model]` each. */
export interface Norm {
  readonly scale: Tensor<Float32Array>;
  readonly bias: Tensor<Float32Array>;
}

/** The attention of a layer: what makes its queries, keys and values, and what follows it up to the sum. */
export interface AttentionPart {
  readonly attentionNorm: Norm;
  /** Queries, keys and values in one product: `[model, 3·model]`. */
  readonly packedProjection: Linear;
  /** What the graph multiplies the queries by: 1/√D. */
  readonly scoreScale: number;
  /** Only in the first layer, which widens 256 numbers to 512: brings the residual along. */
  readonly adjustResidual?: Linear;
  readonly outputProjection: Linear;
}

export interface Layer extends AttentionPart {
  readonly feedForwardNorm: Norm;
  readonly expand: Linear;
  readonly contract: Linear;
}

/** What makes numbers of token ids. */
export interface Embedding {
  /** `[8002, 256]`, a row for each token id. */
  readonly embeddings: Tensor<Float32Array>;
  /** `[128]`, angular frequencies of the timing signal in radians per position. */
  readonly frequencies: Tensor<Float32Array>;
}

export interface Model extends Embedding {
  readonly tokenizer: Tokenizer;
  readonly layers: readonly Layer[];
  readonly final: Linear;
}

export const HEADS = 4;
/** The graph drops everything from this position on (its node ClipToMaxLength/Less). */
export const MAX_TOKENS = 128;
