import { askedOf, mayRead, rowOf, withState, wordOf } from "./parts/attention.js";
import { fit, percent, quoted, short, text, type Mark } from "../marks.js";
import { meter, meterHeight } from "./parts/meter.js";
import { changesOf, nameOf, pictureOf } from "./parts/picture.js";
import { rowsOf } from "./parts/rows.js";
import type { Scene, SceneContext } from "./types.js";

/** From scores to shares of a whole. */
export const softmax: Scene = {
  title: "From scores to shares",
  text(context) {
    const { shares, temperature } = stagesOf(context);
    const { groups, encoded } = context.reading;
    const best = shares.indexOf(Math.max(...shares));
    const found = groups.find(({ pieces }) => pieces.includes(best))!;
    const piece = quoted(encoded.pieces[best].replace("▁", ""));
    const who = found.pieces.length > 1 ? `the piece ${piece}` : quoted(found.text);
    return [
      `Scores are any numbers; shares must be above 0 and add up to 100\u00a0%. So each score becomes a power of e, which is always above 0, and is divided by the sum of all. That is **softmax**.`,
      `One more point of score is 2.7 times the share. ${nameOf(context, wordOf(context))} gives the most to ${who}: ${percent(shares[best])}.`,
      temperature === 1
        ? "The temperature divides the scores first: a low one makes the largest win, a high one makes all alike. The model itself uses 1."
        : `At temperature ${temperature} the scores are divided by ${temperature} first. The model itself uses 1.`,
    ];
  },
  sliders: [{ name: "temperature", label: "Temperature", min: 0.1, max: 4, step: 0.1, start: 1 }],
  beats: () => 3,
  picture(context, beat) {
    const { width, reading } = context;
    const { asked, scores, powers, shares, temperature } = stagesOf(context);
    const layout = rowsOf(context, { top: 50, height: 48 });
    const { rows, left } = layout;
    const narrow = width < 480;
    const gap = narrow ? 10 : 28;
    const wide = (width - left - 2 * gap) / 3;
    const allowed = (j: number): boolean => mayRead(context.state.causal, asked.piece, j);
    const inRows = rows.map(({ piece }) => scores[piece]);
    const range = [Math.min(0, ...inRows), Math.max(0.01, ...inRows)] as const;
    const highest = Math.max(...rows.filter(({ piece }) => allowed(piece)).map(({ piece }) => powers[piece])); // prettier-ignore
    const columns = [
      { id: "score", name: "score", asks: temperature === 1 ? "q·k/√d" : `q·k/√d/${temperature}`, range, values: scores, names: scores.map((s) => short(s)) }, // prettier-ignore
      { id: "power", name: width < 640 ? "eˢ" : "e to the score", asks: "", range: [0, highest] as const, values: powers, names: powers.map(sized) }, // prettier-ignore
      { id: "weight", name: "weight", asks: narrow ? "share" : "share of all", range: [0, 1] as const, values: shares, names: shares.map(percent) }, // prettier-ignore
    ];
    const even = 1 / scores.filter((_, j) => allowed(j)).length;
    const marks = columns
      .slice(0, beat + 1)
      .flatMap(({ id, name, asks, values, names, range }, n): Mark[] => {
        const x = left + n * (wide + gap);
        return [
          text(`head-${id}`, x, 12, fit(name, wide, narrow ? 12 : 15, 600), { size: narrow ? 12 : 15, weight: 600 }), // prettier-ignore
          text(`asks-${id}`, x, 32, fit(asks, wide, narrow ? 11 : 13), {
            size: narrow ? 11 : 13,
            fill: "soft",
          }),
          ...rows.flatMap(({ piece, word, y, height }) => {
            const blocked = !allowed(piece);
            const paint = n === 2 ? (`word-${word}` as const) : "weight";
            return meter(`${id}-${piece}`, [x, y + (height - meterHeight) / 2], wide, blocked ? 0 : values[piece], blocked ? "blocked" : names[piece], { paint, range, size: layout.size }); // prettier-ignore
          }),
        ];
      });
    return pictureOf(context, {
      title: `How ${nameOf(context, asked.word)} shares its attention`,
      badges: changesOf(context, temperature),
      bottom: layout.bottom,
      marks: [...layout.marks, ...marks],
      hidden: layout.hidden,
      notes: beat < 1 ? [] : ["Bars of scores and powers are as long as they are beside the largest; those of weights go to 100\u00a0%."], // prettier-ignore
      caption: `The weights go from ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}; if all got the same, it would be ${percent(even)} for each of ${scores.length} ${scores.length === 1 ? "piece" : "pieces"}.`,
      table: () => ({
        columns: ["Piece", "Score", "e^score", "Weight"],
        rows: reading.encoded.pieces.map((piece, j) => [
          piece,
          ...columns.map(({ names }) => names[j]),
        ]),
      }),
    });
  },
};

interface Stages {
  readonly asked: ReturnType<typeof askedOf>;
  readonly temperature: number;
  readonly scores: readonly number[];
  readonly powers: readonly number[];
  readonly shares: readonly number[];
}

function stagesOf(context: SceneContext): Stages {
  const asked = askedOf(context);
  const temperature = context.settings["temperature"] ?? context.state.temperature;
  const row = rowOf(withState(context, { temperature }), asked);
  const scores = Array.from(row.scores);
  return {
    asked,
    temperature,
    scores,
    powers: scores.map(Math.exp),
    shares: Array.from(row.weights),
  };
}

/** A power, from nearly 0 to beyond what has a name. */
function sized(x: number): string {
  if (x > 0 && x < 0.005) return "<\u00a00.01";
  if (x < 1000) return short(x, x < 10 ? 2 : x < 100 ? 1 : 0);
  if (x < 1e6) return Math.round(x).toLocaleString("en-US");
  const [digits, exponent] = x.toExponential(1).split("e+");
  return `${digits}·10^${exponent}`;
}
