import { askedOf, wordOf } from "./parts/attention.js";
import { path, short, text, type Mark, type Paint } from "../marks.js";
import { changesOf, pictureOf, nameOf } from "./parts/picture.js";
import { rowsOf } from "./parts/rows.js";
import { stateOf } from "./parts/states.js";
import { cellsIn, sizeOf, strip } from "./parts/strip.js";
import { paragraph } from "./parts/wrap.js";
import { vectorOf } from "../vectorOf.js";
import type { Scene } from "./types.js";

const parts = [
  { name: "query", asks: "What do I look for?" },
  { name: "key", asks: "What do I stand for?" },
  { name: "value", asks: "What do I give?" },
] as const satisfies readonly { name: Paint; asks: string }[];

/** Three vectors from each one. */
export const qkv: Scene = {
  title: "Query, key, value",
  text(context) {
    const asked = askedOf(context);
    const name = nameOf(context, wordOf(context));
    const size = context.reading.encoded.layers[asked.layer].query.shape[2];
    return [
      `From its vector each word makes three new ones. The *query* says what it looks for, the *key* what it can be found by, the *value* what it gives to those who find it.`,
      `Each is the vector, brought to a common size first, times a table of numbers that the model learned: one table for queries, one for keys, one for values, the same for all words.`,
      `Here they have ${size} numbers each. ${name} has all three, as every word has.`,
    ];
  },
  beats: () => 3,
  picture(context, beat) {
    const { width, reading } = context;
    const asked = askedOf(context);
    const layer = reading.encoded.layers[asked.layer];
    const layout = rowsOf(context, { top: width < 480 ? 84 : 66, height: width >= 720 ? 56 : 48 });
    const { rows, left } = layout;
    const withVector = width >= 560;
    const gap = width < 480 ? 8 : 16;
    const arrow = withVector ? 28 : 0;
    const columns = withVector ? 4 : 3;
    const wide = (width - left - arrow - gap * (withVector ? 2 : 2)) / columns;
    const count = cellsIn(wide);
    const xOf = (n: number): number => left + (withVector ? wide + arrow : 0) + n * (wide + gap);
    const states = rows.map(({ piece }) => stateOf(context, piece).slice(0, count));
    const all = parts.map(({ name }) =>
      rows.map(({ piece }) => vectorOf(layer[name], asked.head, piece).slice(0, count)),
    );
    const marks: Mark[] = [];
    if (withVector) {
      marks.push(text("head-vector", left, 18, "vector", { size: 15, weight: 600 }));
      marks.push(...paragraph("asks-vector", left, 28, "The word itself", wide).marks);
      const size = sizeOf(states);
      rows.forEach(({ piece, y, height }, n) => {
        const box = { x: left, y: y + 5, width: wide, height: height - 10 };
        marks.push(strip(`vector-${piece}`, box, states[n], "ink", size, { root: true }));
        marks.push(arrowAt(`makes-${piece}`, left + wide + 7, y + height / 2));
      });
    }
    parts.slice(0, beat + 1).forEach(({ name, asks }, n) => {
      const x = xOf(n);
      const size = sizeOf(all[n]);
      marks.push(text(`head-${name}`, x, 18, name, { size: 15, weight: 600, fill: name }));
      marks.push(...paragraph(`asks-${name}`, x, 28, asks, wide).marks);
      rows.forEach(({ piece, word, y, height, name: piecesName }, at) => {
        const box = { x, y: y + 5, width: wide, height: height - 10 };
        const label = `${name} of ${piecesName}: ${all[n][at].map((value) => short(value)).join(" ")}`;
        marks.push(
          strip(`${name}-${piece}`, box, all[n][at], name, size, {
            target: { query: word },
            label,
          }),
        );
      });
    });
    return pictureOf(context, {
      title: "Three vectors from each word",
      badges: changesOf(context, 1),
      bottom: layout.bottom,
      marks: [...layout.marks, ...marks],
      hidden: layout.hidden,
      caption: `Shown are the first ${count} of ${layer.query.shape[2]} numbers of each query, key and value. Bars up are above 0, bars down below.`,
      table: () => ({
        columns: ["Piece", "Vector", ...Array.from({ length: count }, (_, d) => `${d + 1}`)],
        rows: rows.flatMap(({ name }, at) =>
          parts.map((part, n) => [name, part.name, ...all[n][at].map((x) => short(x))]),
        ),
      }),
    });
  },
};

function arrowAt(id: string, x: number, y: number): Mark {
  return path(id, `M${x},${y} h13 m-5,-4 l5,4 l-5,4`, { fill: "none", stroke: "soft", "stroke-width": 1.5 }); // prettier-ignore
}
