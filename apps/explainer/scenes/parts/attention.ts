import type { Tensor } from "qkv/core";
import { HEADS } from "../../../../examples/universal-sentence-encoder/architecture.js";
import { speaker } from "../../reading.js";
import type { SceneContext } from "../types.js";
import { storyOf } from "./story.js";

/** One head of a layer, with the query of one piece: what the scenes from *dot* to *blend* are about. */
export interface Asked {
  readonly layer: number;
  readonly head: number;
  /** The word that looks, and the piece of it whose query is shown. */
  readonly word: number;
  readonly piece: number;
}

/** The word that looks. A shorter sentence may have none at the position that was chosen. */
export function wordOf({ state, reading }: SceneContext): number {
  return Math.max(0, Math.min(state.word, reading.groups.length - 1));
}

/** In the mean of its heads a layer has no scores, so a head speaks: the one with the story, or else the first. */
export function askedOf(context: SceneContext): Asked {
  const { state, reading } = context;
  const word = wordOf(context);
  const head = state.head === "mean" ? (storyOf(reading, word)?.head ?? 0) : state.head;
  const piece = speaker(reading.groups[word].pieces, reading.encoded.pieces);
  return { layer: state.layer, head, word, piece };
}

/** `layer 2, head 3` */
export const whereOf = ({ layer, head }: Asked): string => `layer ${layer + 1}, head ${head + 1}`;

/** The numbers of one piece in one head: `[H, L, D]` at h and i. */
export function vectorOf({ data, offset, shape, stride }: Tensor, h: number, i: number): number[] {
  const start = offset + h * stride[0] + i * stride[1];
  const vector = new Array<number>(shape[2]);
  for (let e = 0; e < vector.length; e++) vector[e] = data[start + e * stride[2]];
  return vector;
}

export function dot(a: readonly number[], b: readonly number[], size = a.length): number {
  let sum = 0;
  for (let e = 0; e < size; e++) sum += a[e] * b[e];
  return sum;
}

/** q·k of one piece with every piece, before the division. */
export function rawOf({ reading }: SceneContext, { layer, head, piece }: Asked): number[] {
  const { query, key } = reading.encoded.layers[layer];
  const q = vectorOf(query, head, piece);
  return reading.encoded.pieces.map((_, j) => dot(q, vectorOf(key, head, j)));
}

/** Whether a piece may read another. */
export const mayRead = (causal: boolean, i: number, j: number): boolean => !causal || j <= i;

/** Shares of a whole, those that are not allowed 0. */
export function softmax(scores: readonly number[], allowed: (j: number) => boolean): number[] {
  const largest = Math.max(...scores.filter((_, j) => allowed(j)));
  const powers = scores.map((score, j) => (allowed(j) ? Math.exp(score - largest) : 0));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** The weights of one piece on every piece, with the state's temperature and look-ahead. */
export function weightsOf(
  context: SceneContext,
  asked: Asked,
  causal = context.state.causal,
): number[] {
  const scale = context.reading.encoded.layers[asked.layer].scale / context.state.temperature;
  const scores = rawOf(context, asked).map((raw) => raw * scale);
  return softmax(scores, (j) => mayRead(causal, asked.piece, j));
}

/** The weights of a word on every word, as `words()` of an explanation: the mean of its pieces, sums over theirs. */
export function wordRow(
  context: SceneContext,
  layer: number,
  head: number | "mean",
  word: number,
  causal = context.state.causal,
): number[] {
  const { groups } = context.reading;
  const heads = head === "mean" ? Array.from({ length: HEADS }, (_, h) => h) : [head];
  const rows = heads.flatMap((h) =>
    groups[word].pieces.map((piece) => weightsOf(context, { layer, head: h, word, piece }, causal)),
  );
  return groups.map(({ pieces }) => {
    const sums = rows.map((row) => pieces.reduce((sum, piece) => sum + row[piece], 0));
    return sums.reduce((a, b) => a + b, 0) / rows.length;
  });
}
