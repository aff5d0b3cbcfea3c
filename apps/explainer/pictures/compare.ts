import * as views from "qkv/views";
import { readingOf, type Reading } from "../reading.js";
import type { View } from "./types.js";

/** A word in two sentences, or in one with and without some of its words. */
export const compare: View = ({ reading, other, state }, about) => {
  const left = state.without.length > 0;
  const whole = left ? readingOf(reading.encoded, { ...state, without: [] }) : reading;
  const second = left ? reading : (other ?? reading);
  const word = left ? state.word : sameWord(whole, state.word, second);
  const cosine = cosineOf(outputOf(whole, state.word), outputOf(second, word));
  return {
    ...views.compare(whole.words, second.words, {
      ...about,
      subtitle: left ? about.subtitle : whole.where,
      queryA: state.word,
      queryB: word,
      cosine: { output: cosine },
    }),
    data: () => ({
      sentences: [state.text, left ? state.text : state.against],
      words: [state.word, word],
      without: state.without,
      rows: [whole.words.row(state.word), second.words.row(word)],
      cosineOfOutputs: cosine,
    }),
  };
};

/** The same word in another sentence, or the one at its place. */
function sameWord({ words }: Reading, at: number, { words: others }: Reading): number {
  const text = words.queries[at].text.toLowerCase();
  const found = others.queries.findIndex((query) => query.text.toLowerCase() === text);
  return found >= 0 ? found : Math.min(at, others.queries.length - 1);
}

/** What attention gives a word: the outputs of all heads, one behind the other, as the mean of its pieces. */
function outputOf({ explanation, groups }: Reading, word: number): Float64Array {
  const { pieces } = groups[word];
  const parts = explanation.headNames.map((name) => {
    const head = explanation.head(name);
    const rows = pieces.map((piece) => head.row(piece).output);
    return Float64Array.from(rows[0], (_, e) => rows.reduce((sum, row) => sum + row[e], 0));
  });
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

function cosineOf(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, value, e) => sum + value * y[e], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
