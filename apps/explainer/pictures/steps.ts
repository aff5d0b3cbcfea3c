import * as views from "qkv/views";
import { inside, percent } from "../marks.js";
import { keyOf, speaker, type Reading } from "../reading.js";
import type { State, View } from "./types.js";
import { vectorOf } from "../vectorOf.js";

/** Step by step: the numbers of one pair, in one head, between pieces. */
export const steps: View = ({ reading, state }, about) => {
  const { encoded, groups, explanation } = reading;
  const { layer, temperature } = state;
  const keyWord = keyOf(reading, state);
  const pair = [groups[state.word], groups[keyWord]];
  const [query, key] = pair.map(({ pieces }) => speaker(pieces, encoded.pieces));
  const head = headOf(reading, state, query, key);
  const view = explanation.head(head);
  const inputs = encoded.layers[layer];
  const scale = inputs.scale / temperature;
  const vectors = {
    query: vectorOf(inputs.query, head, query),
    key: vectorOf(inputs.key, head, key),
    value: vectorOf(inputs.value, head, key),
  };
  const isMean = state.head === "mean";
  const picture = views.steps(view, {
    ...about,
    // It is one head, whatever was asked for.
    badges: about.badges.filter((badge) => !badge.startsWith("mean")),
    subtitle: isMean
      ? about.subtitle.replace(reading.where, `layer ${layer + 1}, head ${head + 1}`)
      : about.subtitle,
    query,
    key,
    vectors,
    scale,
    name: plain,
    paint: `word-${keyWord}`,
  });
  return {
    ...picture,
    caption: [picture.caption, ...manyHeads(), ...chosenPieces()].join(" "),
    data() {
      const row = view.row(query);
      const size = row.output.length;
      return {
        layer,
        head,
        query,
        key,
        q: Array.from(vectors.query),
        k: Array.from(vectors.key),
        v: Array.from(vectors.value),
        scale,
        raw: row.raw[key],
        score: row.masked[key],
        weight: row.weights[key],
        contribution: Array.from(row.contributions.data.subarray(key * size, (key + 1) * size)),
        output: Array.from(row.output),
      };
    },
  };

  /** A mean has no steps of its own: it is that of what the heads give. */
  function manyHeads(): string[] {
    if (!isMean) return [];
    const weights = weightsOf(reading, query, key);
    if (weights.every((weight) => weight === 0)) return ["It is 0 in every head."];
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const each = weights.map(percent).join(", ");
    return [
      `This is head ${head + 1}, which gives the most: the heads give ${each}, their mean is ${percent(mean)}.`,
    ];
  }

  function chosenPieces(): string[] {
    const several = pair
      .filter(({ pieces }) => pieces.length > 1)
      .map(({ text, pieces }) => {
        const piece = inside(plain(encoded.pieces[speaker(pieces, encoded.pieces)]));
        return `Of “${inside(text)}” it is the piece “${piece}”.`;
      });
    return [...new Set(several)];
  }
};

/** The head that is asked for; of a mean, the one in which the pair has its largest weight. */
function headOf(reading: Reading, { head }: State, query: number, key: number): number {
  if (head !== "mean") return head;
  const weights = weightsOf(reading, query, key);
  return weights.indexOf(Math.max(...weights));
}

/** What a pair of pieces has in each head. */
function weightsOf({ explanation }: Reading, query: number, key: number): number[] {
  return explanation.headNames.map((name) => explanation.head(name).row(query).weights[key]);
}

/** A piece without the mark of a word's beginning. */
function plain(piece: string): string {
  return piece.replace(/^▁(?=.)/u, "");
}
