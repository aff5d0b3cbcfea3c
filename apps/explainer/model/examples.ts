import { sentences } from "../../../examples/trained/sentences.js";

/** The sentences that a reader can choose, each with the word that looks at first. */
export const examples: readonly { readonly sentence: string; readonly word: number }[] =
  sentences.map((sentence) => ({
    sentence,
    word: sentence.split(" ").findIndex((word) => ["bank", "bat", "it"].includes(word)),
  }));
