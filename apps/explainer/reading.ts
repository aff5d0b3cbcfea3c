import {
  explain,
  wordGroups,
  type Explanation,
  type View,
  type WeightsView,
  type WordGroup,
} from "qkv/explain";
import type { Encoded } from "./model/messages.js";
import type { State } from "./state.js";

/** A sentence as the model read it, in the layer and head that a state asks for. */
export interface Reading {
  readonly encoded: Encoded;
  /** The words, or the pieces, with the pieces of each. */
  readonly groups: readonly WordGroup[];
  /** The layer that is shown, from 0. */
  readonly layer: number;
  /** Which words hold a piece that the model does not know. */
  readonly unknown: readonly boolean[];
  /** The attention of each layer, of all heads and between pieces. */
  readonly layers: readonly Explanation<Float32Array>[];
  /** The same of the layer that is shown. */
  readonly explanation: Explanation<Float32Array>;
  /** Of the head, or the mean of the heads, between pieces, with all stages. */
  readonly stages: View<Float32Array>;
  /** The same between words. */
  readonly words: WeightsView;
  /** All heads of all layers between words: `[layer][head]`. */
  readonly heads: readonly (readonly WeightsView[])[];
  /** `layer 2, head 3` */
  readonly where: string;
}

/**
 * Explains the attention that a state asks for. Another word or another view of the same attention is the same
 * reading: nothing is computed again.
 */
export function readingOf(encoded: Encoded, state: State): Reading {
  const { layer, head, temperature, causal, pieces, without } = state;
  const asked = JSON.stringify([layer, head, temperature, causal, pieces, without]);
  const known = readings.get(encoded) ?? new Map<string, Reading>();
  const reading = known.get(asked) ?? makeReading(encoded, state);
  // The last one asked for is the last to go.
  known.delete(asked);
  known.set(asked, reading);
  if (known.size > mostReadings) known.delete(known.keys().next().value!);
  readings.set(encoded, known);
  return reading;
}

/** A scene may compare the sentence with itself under another rule. */
const mostReadings = 4;
const readings = new WeakMap<Encoded, Map<string, Reading>>();

function makeReading(encoded: Encoded, state: State): Reading {
  const { layer, head } = state;
  const groups = groupsOf(encoded, state.pieces);
  const layers = encoded.layers.map((_, n) => explanationOf(encoded, n, groups, state));
  const explanation = layers[layer];
  const stages = head === "mean" ? explanation.mean() : explanation.head(head);
  const between = (view: WeightsView): WeightsView => (state.pieces ? view : view.words(groups));
  let heads: WeightsView[][] | undefined;
  return {
    encoded,
    groups,
    layer,
    unknown: groups.map(({ pieces }) => pieces.some((piece) => !encoded.known[piece])),
    layers,
    explanation,
    stages,
    words: between(stages),
    get heads() {
      return (heads ??= layers.map((it) => it.headNames.map((name) => between(it.head(name)))));
    },
    where: `layer ${layer + 1}${head === "mean" ? "" : `, head ${head + 1}`}`,
  };
}

function groupsOf({ pieces }: Encoded, inPieces: boolean): readonly WordGroup[] {
  if (!inPieces) return wordGroups(pieces, { marker: "▁" });
  return pieces.map((text, index) => ({ text, pieces: [index] }));
}

function explanationOf(
  { pieces, layers }: Encoded,
  layer: number,
  groups: readonly WordGroup[],
  { temperature, causal, without }: State,
): Explanation<Float32Array> {
  const { query, key, value, scale } = layers[layer];
  const whole = explain(query, key, value, {
    tokens: pieces,
    scale: scale / temperature,
    causal,
    layer,
  });
  const left = without.flatMap((word) => groups[word]?.pieces ?? []);
  return left.length === 0 ? whole : whole.withoutKeys(left);
}

/** The same place in a sentence, counted in pieces or in words. */
export function recount(encoded: Encoded, position: number, inPieces: boolean): number {
  const groups = groupsOf(encoded, false);
  if (inPieces) {
    const group = groups[Math.min(position, groups.length - 1)];
    return group === undefined ? 0 : speaker(group.pieces, encoded.pieces);
  }
  return Math.max(
    0,
    groups.findIndex((group) => group.pieces.includes(position)),
  );
}

/** The same of several places: every piece of a word, the word of each piece. */
export function recountAll(
  encoded: Encoded,
  positions: readonly number[],
  inPieces: boolean,
): number[] {
  const groups = groupsOf(encoded, false);
  const found = positions.flatMap((position) =>
    inPieces
      ? (groups[position]?.pieces ?? [])
      : [groups.findIndex((group) => group.pieces.includes(position))],
  );
  return [...new Set(found)].filter((position) => position >= 0).sort((a, b) => a - b);
}

/** The piece that stands for a word: its first, but not the mark of its beginning alone. */
export function speaker(pieces: readonly number[], texts: readonly string[]): number {
  return pieces.find((piece) => texts[piece] !== "▁") ?? pieces[0];
}

/** The word that a reader asked for, or the one that is looked at most, beside the word that looks. */
export function keyOf({ words }: Reading, { word, key }: State): number {
  if (key !== undefined) return key;
  const { keys } = words.row(word);
  return (keys.find(({ keyIndex }) => keyIndex !== word) ?? keys[0]).keyIndex;
}

/**
 * How much of a word's output each word's value makes up. The model joins its heads one behind the other, so the
 * shares of a mean are those of all heads together. They sum to 1.
 */
export function outputShares(
  { explanation, groups }: Reading,
  { word, head }: State,
): Float64Array {
  const heads = head === "mean" ? undefined : { heads: [head] };
  const shares = explanation.outputShares(groups[word].pieces, heads);
  return Float64Array.from(groups, ({ pieces }) =>
    pieces.reduce((sum, piece) => sum + shares[piece], 0),
  );
}
