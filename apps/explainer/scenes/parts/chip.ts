import type { SceneContext } from "../types.js";
import { wordOf } from "./attention.js";
import { fit, group, rect, text, type Box, type Mark } from "../../marks.js";

/** Whether the model knows every piece of a word. */
export const isKnown = ({ reading: { encoded, groups } }: SceneContext, word: number): boolean =>
  groups[word].pieces.every((piece) => encoded.known[piece]);

/** A word: the same marks in every scene, so that it moves to its place. Dashed if the model does not know it. */
export function chip(context: SceneContext, word: number, box: Box, size = 15): Mark {
  const { x, y, width, height } = box;
  const { text: name } = context.reading.groups[word];
  const chosen = word === wordOf(context);
  const known = isKnown(context, word);
  const weight = chosen ? 600 : 400;
  return group(
    `word-${word}`,
    x,
    y,
    [
      rect(`chip-${word}`, { x: 1, y: 1, width: width - 2, height: height - 2 }, `word-${word}`, {
        rx: 8,
        stroke: chosen ? "ink" : known ? "none" : "soft",
        "stroke-width": chosen ? 2 : 1.2,
        "stroke-dasharray": known ? "none" : "4 3",
      }),
      text(`name-${word}`, width / 2, height / 2, fit(name, width - 12, size, weight), {
        size,
        weight,
        anchor: "middle",
      }),
    ],
    {
      target: { query: word },
      label: known ? name : `${name}: unknown to the model`,
      choice: chosen ? "chosen" : "open",
    },
  );
}
