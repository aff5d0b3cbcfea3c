import { attentionWithWeights, mergeHeads, splitHeads, tensor, type Tensor } from "qkv/core";
import { add, layerNorm, linear, relu } from "./layers.js";
import { HEADS, MAX_TOKENS, type Layer, type Model } from "./model.js";

export interface Encoding {
  /** Per layer `[HEADS, L, L]`: how much query token i takes of key token j. Rows sum to 1. */
  readonly weights: readonly Tensor<Float32Array>[];
  /** 512 numbers of Euclidean length 1. */
  readonly embedding: Float32Array;
}

/**
 * Token ids → attention weights of each layer and the sentence embedding.
 *
 * @throws RangeError unless there are 1 to 128 ids. (The graph clips longer input; a caller does
 * that in the open.)
 */
export function encode(model: Model, ids: readonly number[]): Encoding {
  if (ids.length < 1 || ids.length > MAX_TOKENS) {
    throw new RangeError(`encode(): expected 1 to ${MAX_TOKENS} token ids; got ${ids.length}`);
  }
  let hidden = embed(model, ids); // [L, 256]
  const weights: Tensor<Float32Array>[] = [];
  for (const layer of model.layers) {
    // Layer 1 widens 256 → 512, so its residual passes through a dense layer of its own.
    const residual = layer.adjustResidual ? linear(hidden, layer.adjustResidual) : hidden;
    const attended = selfAttention(layer, layerNorm(hidden, layer.attentionNorm));
    weights.push(attended.weights);
    hidden = add(residual, attended.output); // [L, 512]
    hidden = add(hidden, feedForward(layer, layerNorm(hidden, layer.feedForwardNorm)));
  }
  return { weights, embedding: sentenceEmbedding(model, hidden) };
}

/** Ids → `[L, 256]`: two times the embedding plus the timing signal sin | cos of the position. */
function embed({ embeddings, frequencies }: Model, ids: readonly number[]): Tensor<Float32Array> {
  const size = embeddings.shape[1];
  const half = frequencies.shape[0];
  const hidden = new Float32Array(ids.length * size);
  ids.forEach((id, position) => {
    for (let i = 0; i < size; i++) {
      const angle = Math.fround(position * frequencies.data[i % half]);
      const signal = i < half ? Math.sin(angle) : Math.cos(angle);
      // The graph adds the signal to the embedding, and then the embedding once more.
      hidden[position * size + i] = 2 * embeddings.data[id * size + i] + signal;
    }
  });
  return tensor(hidden, { shape: [ids.length, size] });
}

/** `[L, model]` → output `[L, 512]` and weights `[HEADS, L, L]`. The part that qkv is for. */
function selfAttention(layer: Layer, x: Tensor<Float32Array>) {
  const packed = linear(x, layer.packedProjection); // [L, 3·model]: queries | keys | values
  const size = packed.shape[1] / 3;
  const [query, key, value] = [0, 1, 2].map(
    (part) => splitHeads(columns(packed, part * size, size), HEADS), // [HEADS, L, D], a view
  ) as [Tensor<Float32Array>, Tensor<Float32Array>, Tensor<Float32Array>];
  // One sentence at a time has no padding, so the graph's bias of −1e9 on padded keys has no part.
  const { output, weights } = attentionWithWeights(query, key, value, { scale: layer.scoreScale });
  return { output: linear(mergeHeads(output), layer.outputProjection), weights };
}

/** `[L, 512]` → 1536 → `[L, 512]`, each token by itself. */
function feedForward(layer: Layer, x: Tensor<Float32Array>) {
  return linear(relu(linear(x, layer.expand)), layer.contract);
}

/** `[L, 512]` → 512: the mean over tokens, a dense layer with tanh, scaled to length 1. */
function sentenceEmbedding({ final }: Model, hidden: Tensor<Float32Array>): Float32Array {
  const [length, size] = hidden.shape as [number, number];
  const mean = new Float32Array(size);
  hidden.data.forEach((value, index) => (mean[index % size] += value / length));
  const embedding = linear(tensor(mean, { shape: [1, size] }), final).data.map(Math.tanh);
  const squares = embedding.reduce((sum, value) => sum + value * value, 0);
  return embedding.map((value) => value / Math.sqrt(Math.max(squares, 1e-12)));
}

/** Columns `first … first + count − 1` of a matrix, as a view: only the offset and shape change. */
function columns(x: Tensor<Float32Array>, first: number, count: number): Tensor<Float32Array> {
  return { ...x, shape: [x.shape[0], count], offset: x.offset + first * x.stride[1] };
}
