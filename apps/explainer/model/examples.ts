import { sentences } from "../../../examples/trained/sentences.js";

/** The sentences that a reader can choose, each with the word that looks at first. */
export const examples: readonly { readonly sentence: string; readonly word: number }[] =
  sentences.map((sentence) => ({
    sentence,
    word: sentence.split(" ").findIndex((word) => ["bank", "bat", "it"].includes(word)),
  }));

const pairs: readonly (readonly [string, string])[] = [
  ["river bank flooded", "money bank closed"],
  ["the bat hit the ball", "the bat flew out of the cave"],
];

/** A sentence to compare one with: the same word in another sense, where an example has one. */
export function counterpartOf(text: string): string {
  for (const [one, other] of pairs) {
    if (text === one) return other;
    if (text === other) return one;
  }
  return pairs[0][0];
}
