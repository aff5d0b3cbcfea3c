import { readingOf, speaker } from "../../reading.js";
import type { State } from "../../state.js";
import type { SceneContext } from "../types.js";
import { storyOf } from "./story.js";

/** One head of a layer, with the query of one piece: what the scenes from *dot* to *blend* are about. */
export interface Asked {
  readonly layer: number;
  readonly head: number;
  /** The word that looks, and the piece of it whose query is shown. */
  readonly word: number;
  readonly piece: number;
}

/** The word that looks. A shorter sentence may have none at the position that was chosen. */
export function wordOf({ state, reading }: SceneContext): number {
  return Math.max(0, Math.min(state.word, reading.groups.length - 1));
}

/** In the mean of its heads a layer has no scores, so a head speaks: the one with the story, or else the first. */
export function askedOf(context: SceneContext): Asked {
  const { state, reading } = context;
  const word = wordOf(context);
  const head = state.head === "mean" ? (storyOf(reading, word)?.head ?? 0) : state.head;
  const piece = speaker(reading.groups[word].pieces, reading.encoded.pieces);
  return { layer: state.layer, head, word, piece };
}

/** `layer 2, head 3` */
export const whereOf = ({ layer, head }: Asked): string => `layer ${layer + 1}, head ${head + 1}`;

/** The row of one piece in one head, with all its stages, as the library computes it. */
export function rowOf({ reading }: SceneContext, { layer, head, piece }: Asked) {
  return reading.layers[layer].head(head).row(piece);
}

/** q·k of one piece with every piece, before the division. */
export const rawOf = (context: SceneContext, asked: Asked): number[] =>
  Array.from(rowOf(context, asked).raw);

/** The weights of one piece on every piece, with the state's temperature and look-ahead. */
export const weightsOf = (context: SceneContext, asked: Asked): number[] =>
  Array.from(rowOf(context, asked).weights);

/** Whether a piece may read another. */
export const mayRead = (causal: boolean, i: number, j: number): boolean => !causal || j <= i;

/** The same context with another state. */
export function withState(context: SceneContext, change: Partial<State>): SceneContext {
  const state = { ...context.state, ...change };
  return { ...context, state, reading: readingOf(context.reading.encoded, state) };
}

/** The weights of a word on every word. */
export function wordRow(
  { reading }: SceneContext,
  layer: number,
  head: number | "mean",
  word: number,
): number[] {
  const { heads, layers, groups } = reading;
  const view = head === "mean" ? layers[layer].mean().words(groups) : heads[layer][head];
  return Array.from(view.row(word).weights);
}
