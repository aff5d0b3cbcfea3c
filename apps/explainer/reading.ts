import {
  explain,
  wordGroups,
  type Explanation,
  type Matrix,
  type View,
  type WeightsView,
  type WordGroup,
} from "qkv/explain";
import { HEADS } from "../../examples/universal-sentence-encoder/architecture.js";
import type { Encoded } from "./model/messages.js";
import type { State } from "./state.js";

/** What is shown: the view between words or pieces, and the pieces' view with all stages behind it. */
export interface Reading {
  readonly encoded: Encoded;
  /** The attention that is shown, of all heads and between pieces. */
  readonly explanation: Explanation<Float32Array>;
  readonly words: WeightsView;
  /** All weights between the words, computed when they are asked for. */
  readonly matrix: Matrix;
  readonly stages: View<Float32Array>;
  /** The pieces of each word. */
  readonly groups: readonly WordGroup[];
  /** `layer 2, mean of its 4 heads` */
  readonly where: string;
}

/**
 * Explains the attention that a state asks for. Another word or another view of the same attention is the same
 * reading: nothing is computed again.
 */
export function readingOf(encoded: Encoded, state: State): Reading {
  const { layer, head, temperature, causal, pieces } = state;
  const asked = JSON.stringify([layer, head, temperature, causal, pieces]);
  if (last?.asked !== asked || last.reading.encoded !== encoded) {
    last = { asked, reading: makeReading(encoded, state) };
  }
  return last.reading;
}

let last: { readonly asked: string; readonly reading: Reading } | undefined;

function makeReading(encoded: Encoded, state: State): Reading {
  const explanation = explanationOf(encoded, state);
  const stages = state.head === "mean" ? explanation.mean() : explanation.head(state.head);
  const marked = wordGroups(encoded.pieces, { marker: "▁" });
  const groups = state.pieces
    ? encoded.pieces.map((text, index) => ({ text, pieces: [index] }))
    : marked;
  const heads = state.head === "mean" ? `mean of its ${HEADS} heads` : `head ${state.head + 1}`;
  const words = state.pieces ? stages : stages.words(groups);
  let matrix: Matrix | undefined;
  return {
    encoded,
    explanation,
    words,
    get matrix() {
      return (matrix ??= words.matrix());
    },
    stages,
    groups,
    where: `layer ${state.layer + 1}, ${heads}`,
  };
}

function explanationOf({ pieces, layers }: Encoded, state: State): Explanation<Float32Array> {
  const { query, key, value, scale } = layers[state.layer];
  return explain(query, key, value, {
    tokens: pieces,
    scale: scale / state.temperature,
    causal: state.causal,
  });
}

/** The same place in a sentence, counted in pieces or in words. */
export function recount({ pieces }: Encoded, position: number, inPieces: boolean): number {
  const groups = wordGroups(pieces, { marker: "▁" });
  if (inPieces) {
    const group = groups[Math.min(position, groups.length - 1)];
    return group === undefined ? 0 : speaker(group.pieces, pieces);
  }
  return Math.max(
    0,
    groups.findIndex((group) => group.pieces.includes(position)),
  );
}

/** The piece that stands for a word: its first, but not the mark of its beginning alone. */
export function speaker(pieces: readonly number[], texts: readonly string[]): number {
  return pieces.find((piece) => texts[piece] !== "▁") ?? pieces[0];
}

/**
 * How much each word's value pushes the output of word `i` in the direction that it takes: the contributions
 * projected on the output, over its length. They sum to 1.
 */
export function pushes({ stages, groups }: Reading, i: number): number[] {
  const rows = groups[i].pieces.map((piece) => stages.row(piece));
  const size = rows[0].output.length;
  const output = new Float64Array(size);
  for (const row of rows) row.output.forEach((x, e) => (output[e] += x / rows.length));
  const square = output.reduce((sum, x) => sum + x * x, 0);
  return groups.map(({ pieces }) => {
    let along = 0;
    for (const { contributions } of rows) {
      for (const piece of pieces) {
        for (let e = 0; e < size; e++) along += contributions.data[piece * size + e] * output[e];
      }
    }
    return square === 0 ? 0 : along / rows.length / square;
  });
}
