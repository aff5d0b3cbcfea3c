import { askedOf, mayRead } from "./parts/attention.js";
import { softmax } from "qkv/core";
import { percent, short, text, type Mark } from "../marks.js";
import { meter, meterHeight } from "./parts/meter.js";
import { changesOf, pictureOf, nameOf } from "./parts/picture.js";
import { rowsOf } from "./parts/rows.js";
import { lengths, spreadOf, type Spread } from "./parts/spread.js";
import { spreadChart } from "./parts/spreadChart.js";
import type { Scene, SceneContext } from "./types.js";

/** Why scores are divided by √d. */
export const scale: Scene = {
  title: "Why divide by √d?",
  text(context) {
    const { d, spread, plain, divided } = numbersOf(context);
    return [
      growthOf(d, spread),
      `${effectOf(plain, divided)}: without the division the largest weight is ${percent(Math.max(...plain))}, with it ${percent(Math.max(...divided))}.`,
      `So scores are divided by √d, here ${short(Math.sqrt(d), 1)}. Then scores of long vectors are far closer in size to those of short ones.`,
    ];
  },
  sliders: [
    { name: "length", label: "Numbers in each vector, d", min: 0, max: 9, step: 1, start: 7, format: (power) => String(lengths[power]) }, // prettier-ignore
  ],
  picture(context) {
    const { width, reading } = context;
    const { asked, d, spread, plain, divided } = numbersOf(context);
    const layout = rowsOf(context, { top: 50, height: 48, most: 10 });
    const { rows, left } = layout;
    const gap = width < 480 ? 14 : 40;
    const wide = (width - left - gap) / 2;
    const columns = [
      {
        id: "plain",
        name: width < 480 ? "q·k" : "not divided",
        scores: spread.scores,
        weights: plain,
      },
      { id: "weight", name: width < 480 ? `q·k/√${d}` : `divided by √${d}`, scores: spread.scores.map((s) => s / Math.sqrt(d)), weights: divided }, // prettier-ignore
    ];
    const marks = columns.flatMap(({ id, name, scores, weights }, n): Mark[] => {
      const x = left + n * (wide + gap);
      return [
        text(`head-${id}`, x, 12, name, { size: width < 480 ? 13 : 15, weight: 600 }),
        text(`asks-${id}`, x, 32, width < 480 ? "its weight" : "score, and its weight", { size: 13, fill: "soft" }), // prettier-ignore
        ...rows.flatMap(({ piece, word, y, height }) => {
          const blocked = !mayRead(context.state.causal, asked.piece, piece);
          const number = blocked
            ? "blocked"
            : `${short(scores[piece], 1)}: ${percent(weights[piece])}`;
          return meter(`${id}-${piece}`, [x, y + (height - meterHeight) / 2], wide, weights[piece], number, { paint: `word-${word}`, size: width < 480 ? 12 : layout.size }); // prettier-ignore
        }),
      ];
    });
    const chart = { x: 0, y: layout.bottom + 26, width, height: 190 };
    return pictureOf(context, {
      title: `${d === 1 ? "One number" : `${d} numbers`} in each vector, with and without √d`,
      bottom: chart.y + chart.height,
      badges: [
        ...(spread.random ? ["random vectors, not the model's"] : d < spread.own ? [`the first ${d} of ${spread.own} numbers`] : []), // prettier-ignore
        ...changesOf(context, 1),
      ],
      marks: [...layout.marks, ...marks, ...spreadChart(chart, spread, d)],
      hidden: layout.hidden,
      notes: [
        `Filled: the model's vectors, in parts of d numbers. Dashed: independent numbers. Open: random ones of the same size, as the model's have only ${spread.own}.`,
      ],
      caption: `For ${nameOf(context, asked.word)} the largest weight is ${percent(Math.max(...plain))} without the division and ${percent(Math.max(...divided))} with it. Typically q·k is ${short(spread.sizes[lengths.indexOf(d)], 1)} in size; independent numbers would give ${short(spread.one * Math.sqrt(d), 1)}.`,
      table: () => ({
        columns: ["Piece", "q·k", "Weight", "q·k/√d", "Weight"],
        rows: reading.encoded.pieces.map((piece, j) => [
          piece,
          ...columns.flatMap(({ scores, weights }) => [short(scores[j]), percent(weights[j])]),
        ]),
      }),
    });
  },
};

/** What the division does to the largest weight. */
function effectOf(plain: readonly number[], divided: readonly number[]): string {
  const [without, withIt] = [Math.max(...plain), Math.max(...divided)];
  if (withIt > without) return "Here the division changes little";
  return without - withIt < 0.05
    ? "With so few numbers the division changes little"
    : "In the next step large scores leave little to the others";
}

/** How large q·k is, beside what it would be of numbers that know nothing of each other. */
function growthOf(d: number, { sizes, one, random }: Spread): string {
  const [found, alone] = [sizes[lengths.indexOf(d)], one * Math.sqrt(d)];
  const rule = `The more numbers (d) two vectors have, the larger their q·k gets. Of numbers that are independent of each other it grows as √d, here as ${short(one)}·√d: with ${d} it would be ${short(alone, 1)} in size.`;
  if (random)
    return `${rule} So long the model has no vectors: random ones give ${short(found, 1)}.`;
  const ratio = found / alone;
  const how = ratio > 1.1 ? "larger still" : ratio < 0.9 ? "smaller" : "about as much";
  return `${rule} Trained vectors are not independent: here it is ${short(found, 1)}, ${how}.`;
}

interface Numbers {
  readonly asked: ReturnType<typeof askedOf>;
  readonly d: number;
  readonly spread: Spread;
  readonly plain: readonly number[];
  readonly divided: readonly number[];
}

function numbersOf(context: SceneContext): Numbers {
  const asked = askedOf(context);
  const own = context.reading.encoded.layers[asked.layer].query.shape[2];
  const power = context.settings["length"];
  const d = power === undefined ? own : lengths[Math.max(0, Math.min(9, Math.round(power)))];
  const spread = spreadOf(context, asked, d);
  const sharesOf = (divisor: number): number[] => {
    const { causal } = context.state;
    const scores = spread.scores.map((score, j) => mayRead(causal, asked.piece, j) ? score / divisor : -Infinity); // prettier-ignore
    return Array.from(softmax(scores).data);
  };
  return {
    asked,
    d,
    spread,
    plain: sharesOf(1),
    divided: sharesOf(Math.sqrt(d)),
  };
}
