import { askedOf, weightsOf, whereOf, withState, wordOf } from "./parts/attention.js";
import { percent, text, type Mark } from "../marks.js";
import { meter, meterHeight } from "./parts/meter.js";
import { changesOf, pictureOf, nameOf } from "./parts/picture.js";
import { rowsOf } from "./parts/rows.js";
import { signalOf } from "./parts/signal.js";
import { strip } from "./parts/strip.js";
import type { Scene } from "./types.js";

const most = 10;

/** Where a word stands. */
export const position: Scene = {
  title: "Where a word stands",
  text(context) {
    const name = nameOf(context, wordOf(context));
    return [
      `Scores compare a *query* with a *key*, wherever the two stand. Shuffle the words with their vectors, and each keeps its weight: to attention alone a sentence is a bag of words.`,
      `But “dog bites man” and “man bites dog” are not the same. That is why this model adds a signal to each vector before the first layer: **sines and cosines** of the position, a pattern for every place.`,
      `The vectors here have it already, each that of its own place. That is why, after shuffling, ${name} still looks where it looked.`,
    ];
  },
  sliders: [
    {
      name: "shuffle",
      label: "Order of the words",
      min: 0,
      max: 1,
      step: 1,
      start: 1,
      format: (it) => (it === 0 ? "as written" : "shuffled"),
    },
  ],
  beats: () => 3,
  picture(context, beat) {
    const { width } = context;
    const asked = askedOf(context);
    const shuffled = beat > 0 ? Math.round(context.settings["shuffle"] ?? 1) : 0;
    const place = width < 480 ? 60 : width < 720 ? 150 : 240;
    const from = place + (width < 480 ? 10 : 24);
    const layout = rowsOf({ ...context, width: width - from }, { top: 50, height: 48, most, from, order: (words) => shuffle(words, shuffled) }); // prettier-ignore
    const plain = rowsOf(context, { top: 50, height: 48, most }).rows;
    const { rows, left } = layout;
    const wide = width - left;
    const weights = weightsOf(withState(context, { causal: false }), asked);
    const count = width < 480 ? 6 : 16;
    const marks: Mark[] = [
      text("head-place", 0, 12, "place", { weight: 600 }),
      ...(beat > 1 ? [text("asks-place", 0, 32, "its signal", { size: 13, fill: "soft" })] : []),
      text("head-word", from, 12, "word", { weight: 600 }),
      text("head-weight", left, 12, "weight", { weight: 600 }),
      ...rows.flatMap(({ y, height }, n): Mark[] => {
        const signal = signalOf(plain[n].piece, count);
        const box = { x: 22, y: y + 7, width: place - 22, height: height - 14 };
        return [
          text(`place-${n}`, 0, y + height / 2, String(plain[n].piece + 1), { size: 13, fill: "soft" }), // prettier-ignore
          ...(beat > 1 ? [strip(`signal-${n}`, box, signal, "soft", 1)] : []),
        ];
      }),
      ...rows.flatMap(({ piece, word, y, height }) => {
        return meter(`weight-${piece}`, [left, y + (height - meterHeight) / 2], wide, weights[piece], percent(weights[piece]), { paint: `word-${word}`, size: layout.size }); // prettier-ignore
      }),
    ];
    const name = nameOf(context, asked.word);
    const kept = plain.length > 1 && shuffled > 0;
    return {
      ...pictureOf(context, {
        title: kept ? `Shuffled, ${name} gives each word what it gave before` : `What ${name} gives, place by place`, // prettier-ignore
        where: whereOf(asked),
        badges: [
          ...(kept ? ["shuffled"] : []),
          ...changesOf({ ...context, state: { ...context.state, causal: false } }),
        ],
        bottom: layout.bottom,
        marks: [...layout.marks, ...marks],
        hidden: layout.hidden,
        caption: kept
          ? "The words moved with their vectors, and every weight moved along, unchanged. Only the signals belong to the places."
          : "Each place has a signal of its own, which is added to the vector of the word that stands there.",
        table: () => ({
          columns: ["Place", "Piece", "Weight"],
          rows: rows.map(({ piece, name }, n) => [String(plain[n].piece + 1), name, percent(weights[piece])]), // prettier-ignore
        }),
      }),
    };
  },
};

/** As written, or the second half and the first by turns. */
function shuffle(words: readonly number[], number: number): readonly number[] {
  if (number === 0) return words;
  const half = Math.ceil(words.length / 2);
  return words.slice(0, half).flatMap((word, n) => [...words.slice(half + n, half + n + 1), word]);
}
