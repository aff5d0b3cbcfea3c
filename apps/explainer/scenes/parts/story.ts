import type { Reading } from "../../reading.js";
import { questionOf } from "./questions.js";

/**
 * What counts as looking at another word: 1.3 times what it would get if all words got the same. Less is the
 * unevenness that every row has.
 */
export const storyThreshold = 1.3;

/** A head that looks at another word. */
export interface Story {
  readonly head: number;
  readonly key: number;
  readonly weight: number;
  /** What the word that looks keeps for itself. */
  readonly own: number;
}

/** What each head of the layer gives most to, besides the word itself. None where there is no other word. */
export function strongestOf(reading: Reading, word: number, layer: number): Story[] {
  return reading.heads[layer].flatMap((view, head) => {
    const { keys, weights } = view.row(word);
    const other = keys.find(({ keyIndex, blocked }) => keyIndex !== word && blocked !== true);
    return other ? [{ head, key: other.keyIndex, weight: other.weight, own: weights[word] }] : [];
  });
}

/** The heads of a layer that look at another word: it gets more than the word itself, and clearly more than even. */
export function storiesOf(reading: Reading, word: number, layer: number): Story[] {
  const even = evenShare(reading, word);
  const stories = strongestOf(reading, word, layer);
  return stories.filter(({ weight, own }) => weight > own && isStory(weight, even));
}

/** The head of the layer that is shown that looks most at another word; undefined if each spreads evenly. */
export function storyOf(reading: Reading, word: number): Story | undefined {
  return storiesOf(reading, word, reading.layer).sort((a, b) => b.weight - a.weight)[0];
}

/**
 * The word to begin with: one that is known to have several meanings, or else the one with the clearest story, of those
 * that the model knows; words of up to three letters, most of which have little meaning of their own, come last.
 */
export function tellingWord(reading: Reading): number | undefined {
  const asked = reading.groups.findIndex(({ text }) => questionOf(text) !== undefined);
  if (asked >= 0) return asked;
  const long = reading.groups.map(({ text }) => [...text].length > 3);
  return clearestOf(reading, (word) => long[word]) ?? clearestOf(reading, () => true);
}

function clearestOf(reading: Reading, may: (word: number) => boolean): number | undefined {
  let best: { readonly word: number; readonly over: number } | undefined;
  reading.groups.forEach((_, word) => {
    const story = reading.unknown[word] || !may(word) ? undefined : storyOf(reading, word);
    const over = story ? story.weight / evenShare(reading, word) : 0;
    if (over > (best?.over ?? 0)) best = { word, over };
  });
  return best?.word;
}

/** What a word without a story does, in words. */
export function plainOf(reading: Reading, word: number): string {
  const even = evenShare(reading, word);
  const heads = strongestOf(reading, word, reading.layer);
  return heads.some(({ own }) => isStory(own, even))
    ? "takes most from itself"
    : "takes about as much from each word";
}

export const isStory = (weight: number, even: number): boolean => weight > storyThreshold * even;

/** What every word would get if all that may be read got the same. */
export function evenShare(reading: Reading, word: number): number {
  const { keys } = reading.heads[reading.layer][0].row(word);
  return 1 / Math.max(1, keys.filter(({ blocked }) => blocked !== true).length);
}
