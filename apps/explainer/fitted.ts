import { counterpartOf } from "./model/examples.js";
import type { Encoded } from "./model/messages.js";
import { recount, recountAll, type Reading } from "./reading.js";
import { tellingWord } from "./scenes/parts/story.js";
import { unchosen, type State } from "./state.js";

/** The state with positions that the sentence has; a word that is not chosen yet is the one with the clearest story. */
export function fitted(state: State, reading: Reading): State {
  const last = reading.groups.length - 1;
  const word = state.word === unchosen ? (tellingWord(reading) ?? 1) : state.word;
  return {
    ...state,
    word: Math.min(word, last),
    key: state.key === undefined ? undefined : Math.min(state.key, last),
    without: state.without.filter((position) => position <= last),
  };
}

/** The state with the same places, now counted as it says: in words or in pieces. */
export function recounted(state: State, encoded: Encoded): State {
  const place = (position: number): number => recount(encoded, position, state.pieces);
  const key = state.key === undefined ? undefined : place(state.key);
  const without = recountAll(encoded, state.without, state.pieces);
  return { ...state, word: place(state.word), key, without };
}

/** A reader who compares, without saying with what, gets the same word in another sense. */
export function compared(state: State): State {
  const asks = state.view === "compare" && state.against === "" && state.without.length === 0;
  return asks ? { ...state, against: counterpartOf(state.text.trim()) } : state;
}
