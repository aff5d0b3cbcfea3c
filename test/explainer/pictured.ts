import { readFileSync } from "node:fs";
import { encodedOf, type Example } from "../../apps/explainer/model/example.js";
import type { PagePicture, Pair, View } from "../../apps/explainer/pictures/types.js";
import { readingOf } from "../../apps/explainer/reading.js";
import { initial, type State } from "../../apps/explainer/state.js";

/** What a view of the page draws from, of a sentence that was read ahead. */
export function pairOf(slug: string, given: Partial<State> = {}, more: Partial<Pair> = {}): Pair {
  const file = new URL(`../../examples/trained/${slug}.json`, import.meta.url);
  const example = JSON.parse(readFileSync(file, "utf8")) as Example;
  const state = { ...initial, scene: undefined, text: example.sentence, ...given };
  const reading = readingOf(encodedOf(example), state);
  return { reading, state, width: 640, settings: {}, other: undefined, ...more };
}

/** A picture of the page. */
export function pictured(view: View, pair: Pair): PagePicture {
  return view(pair, { width: pair.width, subtitle: pair.state.text, badges: [] });
}
