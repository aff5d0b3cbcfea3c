import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bars } from "qkv/views";
import { sentences, slugOf } from "../../../examples/trained/sentences.js";
import { encodedOf, type Example } from "../model/example.js";
import { readingOf } from "../reading.js";
import { initial, toHash } from "../state.js";
import type { Card } from "./cards.js";

/** The word that each sentence is about. */
const asked: Readonly<Record<(typeof sentences)[number], string>> = {
  "river bank flooded": "bank",
  "money bank closed": "bank",
  "the bat hit the ball": "bat",
  "the bat flew out of the cave": "bat",
  "the animal did not cross the street because it was too tired": "it",
};

const trained = join(import.meta.dirname, "../../../examples/trained");

/** A card for each sentence that was read ahead. */
export function exampleCards(): Card[] {
  return sentences.map((text) => {
    const name = slugOf(text);
    const words = text.split(" ");
    const word = words.indexOf(asked[text]);
    const state = { ...initial, text, word };
    const file = readFileSync(join(trained, `${name}.json`), "utf8");
    const { words: view, where } = readingOf(encodedOf(JSON.parse(file) as Example), state);
    const picture = (width: number) => bars(view, { query: word, width, subtitle: where });
    return { name, words, word, picture, hash: toHash(state) };
  });
}
