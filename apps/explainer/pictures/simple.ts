import * as views from "qkv/views";
import { meanNote } from "./meanNote.js";
import type { View } from "./types.js";

/** What one word attends to. */
export const oneWord: View = ({ reading, state }, about) => {
  const picture = views.bars(reading.words, { ...about, query: state.word, key: state.key });
  const note = state.head === "mean" && !state.pieces ? meanNote(reading, state.word) : "";
  return {
    ...picture,
    caption: picture.caption + note,
    data: () => reading.words.row(state.word),
  };
};

/** What every word attends to. */
export const matrix: View = ({ reading, state }, about) => ({
  ...views.matrix(reading.words, { ...about, query: state.word, key: state.key }),
  data: () => ({ ...reading.words.toJSON(), pairs: reading.words.tidy() }),
});

/** The same as lines from word to word. */
export const lines: View = ({ reading, state }, about) => ({
  ...views.lines(reading.words, { ...about, query: state.word }),
  data: () => ({ ...reading.words.toJSON(), pairs: reading.words.tidy() }),
});

/** All heads of all layers beside each other. */
export const heads: View = ({ reading, state }, about) => {
  const { layer, head, word, text } = state;
  return {
    ...views.heads(reading.heads, {
      ...about,
      // All heads are here: the one that is chosen is no badge.
      badges: about.badges.filter((badge) => !badge.startsWith("mean")),
      subtitle: text.trim(),
      query: word,
      layer,
      head: head === "mean" ? undefined : head,
    }),
    data: () => reading.heads.map((layer) => layer.map((view) => view.toJSON())),
  };
};
