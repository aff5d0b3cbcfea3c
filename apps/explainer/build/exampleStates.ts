import { readFileSync } from "node:fs";
import { join } from "node:path";
import { slugOf } from "../../../examples/trained/sentences.js";
import { encodedOf, type Example } from "../model/example.js";
import { examples } from "../model/examples.js";
import { pictureOf } from "../pictures/index.js";
import { readingOf } from "../reading.js";
import { storyOf } from "../scenes/index.js";
import { initial, toHash, type State } from "../state.js";
import type { Card } from "./cards.js";

const folder = join(import.meta.dirname, "../../../examples/trained");

/** A sentence that was read ahead, in a state. */
export function exampleReading(state: State) {
  const file = join(folder, `${slugOf(state.text)}.json`);
  return readingOf(encodedOf(JSON.parse(readFileSync(file, "utf8")) as Example), state);
}

/** A card for each sentence that was read ahead: lines from its word to what it attends to. */
export function exampleCards(): Card[] {
  return examples.map(({ sentence, word }) => {
    const plain: State = { ...initial, scene: undefined, view: "lines", text: sentence, word };
    // The head that the story is about: a mean shows no head's look.
    const state = { ...plain, head: storyOf(exampleReading(plain), word)?.head ?? plain.head };
    const reading = exampleReading(state);
    return {
      name: slugOf(sentence),
      words: reading.words.queries.map(({ text }) => text),
      word,
      picture: (width) => pictureOf({ reading, state, width, settings: {}, other: undefined }),
      hash: toHash(state),
    };
  });
}
