import type { SceneContext, Settings } from "../types.js";
import { mayRead, weightsOf, type Asked } from "./attention.js";

/** The weights that are shown: the model's, or those that were dragged. */
export interface Weights {
  readonly weights: readonly number[];
  readonly byHand: boolean;
}

export function shownWeights(context: SceneContext, asked: Asked): Weights {
  const own = weightsOf(context, asked);
  const dragged = own.map((_, j) => context.settings[`weight-${j}`] ?? NaN);
  const byHand =
    context.settings["weights-of"] === nameOf(context, asked) && !dragged.includes(NaN);
  return { weights: byHand ? dragged : own, byHand };
}

/** A word gets more or less, by a part of the whole; the others share what is left as before. */
export function dragged(context: SceneContext, asked: Asked, word: number, by: number): Settings {
  const { weights } = shownWeights(context, asked);
  const { pieces } = context.reading.groups[word];
  const sum = (of: readonly number[]): number => of.reduce((total, j) => total + weights[j], 0);
  const others = weights
    .map((_, j) => j)
    .filter((j) => !pieces.includes(j) && mayRead(context.state.causal, asked.piece, j));
  const [before, left] = [sum(pieces), sum(others)];
  const now = others.length === 0 ? 1 : Math.min(1, Math.max(0, before + by));
  const share = (j: number, group: readonly number[], total: number, wanted: number): number =>
    total > 0 ? (weights[j] / total) * wanted : wanted / group.length;
  const next = weights.map((_, j) =>
    pieces.includes(j)
      ? share(j, pieces, before, now)
      : others.includes(j)
        ? share(j, others, left, 1 - now)
        : 0,
  );
  const entries = next.map((weight, j) => [`weight-${j}`, weight] as const);
  return {
    ...context.settings,
    ...Object.fromEntries(entries),
    "weights-of": nameOf(context, asked),
  };
}

/** A number for what the weights belong to: dragged ones end with another sentence, head or word. */
function nameOf({ reading, state }: SceneContext, { layer, head, piece }: Asked): number {
  const { temperature, causal } = state;
  const name = JSON.stringify([reading.encoded.pieces, layer, head, piece, temperature, causal]);
  let hash = 0;
  for (const letter of name) hash = (Math.imul(hash, 31) + letter.codePointAt(0)!) | 0;
  return hash;
}
