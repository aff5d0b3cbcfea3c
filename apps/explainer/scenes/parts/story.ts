import { HEADS } from "../../../../examples/universal-sentence-encoder/architecture.js";
import type { Reading } from "../../reading.js";

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
}

/** What each head of the layer gives most to, besides the word itself. None where there is no other word. */
export function strongestOf(reading: Reading, word: number): Story[] {
  return Array.from({ length: HEADS }, (_, head) => {
    const { keys } = reading.explanation.head(head).words(reading.groups).row(word);
    const other = keys.find(({ keyIndex, blocked }) => keyIndex !== word && blocked !== true);
    return other ? [{ head, key: other.keyIndex, weight: other.weight }] : [];
  }).flat();
}

/** The head of the layer that looks most at another word; undefined if each spreads evenly. */
export function storyOf(reading: Reading, word: number): Story | undefined {
  const best = strongestOf(reading, word).sort((a, b) => b.weight - a.weight)[0];
  return best && isStory(best.weight, evenShare(reading, word)) ? best : undefined;
}

/** The word with the clearest story, of those that the model knows; undefined if none has one. */
export function tellingWord(reading: Reading): number | undefined {
  let best: { readonly word: number; readonly over: number } | undefined;
  reading.groups.forEach((_, word) => {
    const story = reading.unknown[word] ? undefined : storyOf(reading, word);
    const over = story ? story.weight / evenShare(reading, word) : 0;
    if (over > (best?.over ?? 0)) best = { word, over };
  });
  return best?.word;
}

/** What a word without a story does, in words. */
export function plainOf(reading: Reading, word: number): string {
  const even = evenShare(reading, word);
  const own = Array.from({ length: HEADS }, (_, head) => {
    const { weights } = reading.explanation.head(head).words(reading.groups).row(word);
    return weights[word];
  });
  return own.some((weight) => isStory(weight, even))
    ? "takes most from itself"
    : "takes about as much from each word";
}

export const isStory = (weight: number, even: number): boolean => weight > storyThreshold * even;

/** What every word would get if all that may be read got the same. */
export function evenShare(reading: Reading, word: number): number {
  const { keys } = reading.explanation.head(0).words(reading.groups).row(word);
  return 1 / Math.max(1, keys.filter(({ blocked }) => blocked !== true).length);
}
