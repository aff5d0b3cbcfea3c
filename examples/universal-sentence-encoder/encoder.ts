import { attention, mergeHeads, splitHeads, tensor, type Tensor } from "qkv/core";
import { add, layerNorm, linear, relu } from "./layers.js";
import {
  HEADS,
  MAX_TOKENS,
  type AttentionPart,
  type Embedding,
  type Layer,
  type Model,
} from "./architecture.js";

/** What the attention of one layer reads. */
export interface AttentionInputs {
  /** Each `[HEADS, L, D]`. */
  readonly query: Tensor<Float32Array>;
  readonly key: Tensor<Float32Array>;
  readonly value: Tensor<Float32Array>;
  readonly scale: number;
  /** `[L, 512]`, what the projected output of the attention is added to. */
  readonly residual: Tensor<Float32Array>;
}

export interface Encoding {
  /** What the attention of each layer reads. */
  readonly layers: readonly AttentionInputs[];
  /** 512 numbers of Euclidean length 1. */
  readonly embedding: Float32Array;
}

/**
 * Token ids → what the attention of each layer reads, and the sentence embedding.
 *
 * @throws RangeError unless there are 1 to 128 ids. (The graph clips longer input; a caller does
 * that in the open.)
 */
export function encode(model: Model, ids: readonly number[]): Encoding {
  const { inputs, hidden } = runLayers(model, model.layers, ids);
  return { layers: inputs, embedding: sentenceEmbedding(model, hidden) };
}

/**
 * The same up to a last layer of which no more is needed.
 *
 * @throws RangeError unless there are 1 to 128 ids.
 */
export function encodeInputs(
  embedding: Embedding,
  layers: readonly Layer[],
  last: AttentionPart,
  ids: readonly number[],
): AttentionInputs[] {
  const { inputs, hidden } = runLayers(embedding, layers, ids);
  return [...inputs, attentionInputs(last, hidden)];
}

/** What the attention of each layer reads, and what the last one gives: `[L, 512]`. */
function runLayers(embedding: Embedding, layers: readonly Layer[], ids: readonly number[]) {
  let hidden: Tensor<Float32Array> = embed(embedding, ids); // [L, 256]
  const inputs = layers.map((layer) => {
    const all = attentionInputs(layer, hidden);
    const { query, key, value, scale, residual } = all;
    // The part that qkv is for. A sentence by itself has no padding, so the graph's bias of −1e9 has no part.
    hidden = finishLayer(layer, residual, attention(query, key, value, { scale }));
    return all;
  });
  return { inputs, hidden };
}

/** Ids → `[L, 256]`: two times the embedding plus the timing signal sin | cos of the position. */
function embed({ embeddings, frequencies }: Embedding, ids: readonly number[]) {
  if (ids.length < 1 || ids.length > MAX_TOKENS) {
    throw new RangeError(`encode(): expected 1 to ${MAX_TOKENS} token ids; got ${ids.length}`);
  }
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

/** `[L, model]` → queries, keys and values `[HEADS, L, D]`, as views of one product, and the residual. */
function attentionInputs(layer: AttentionPart, hidden: Tensor<Float32Array>): AttentionInputs {
  const x = layerNorm(hidden, layer.attentionNorm);
  const packed = linear(x, layer.packedProjection); // [L, 3·model]: queries | keys | values
  const size = packed.shape[1] / 3;
  const [query, key, value] = [0, 1, 2].map((part) =>
    splitHeads(columns(packed, part * size, size), HEADS),
  ) as [Tensor<Float32Array>, Tensor<Float32Array>, Tensor<Float32Array>];
  // Layer 1 widens 256 → 512, so its residual passes through a dense layer of its own.
  const residual = layer.adjustResidual ? linear(hidden, layer.adjustResidual) : hidden;
  return { query, key, value, scale: layer.scoreScale, residual };
}

/** What comes after attention: its heads joined, the residual, and the feed-forward part. */
function finishLayer(
  layer: Layer,
  residual: Tensor<Float32Array>,
  attended: Tensor<Float32Array>,
): Tensor<Float32Array> {
  const joined = add(residual, linear(mergeHeads(attended), layer.outputProjection));
  return add(joined, feedForward(layer, layerNorm(joined, layer.feedForwardNorm)));
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
