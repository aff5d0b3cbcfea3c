import { HEADS } from "../../examples/universal-sentence-encoder/architecture.js";
import type { Reading } from "./reading.js";
import type { State } from "./state.js";

/** What is not as the model does it, or not what it seems: it stands in the picture, the caption and every copy. */
export function badgesOf({ groups, unknown }: Reading, state: State): string[] {
  const names = (positions: readonly number[]): string =>
    positions.map((position) => `“${groups[position]?.text ?? ""}”`).join(", ");
  const strange = unknown.flatMap((is, position) => (is ? [position] : []));
  return [
    ...(state.head === "mean" ? [`mean of ${HEADS} heads, which the model never forms`] : []),
    ...(state.temperature !== 1 ? [`temperature ${state.temperature}`] : []),
    ...(state.causal ? ["causal: no look ahead"] : []),
    ...(state.without.length > 0 ? [`without ${names(state.without)}`] : []),
    ...(strange.length > 0 ? [`unknown to the model: ${names(strange.slice(0, 4))}`] : []),
  ];
}
