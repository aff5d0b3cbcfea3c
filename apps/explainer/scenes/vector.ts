import { changesOf, joined, nameOf, pictureOf } from "./parts/picture.js";
import { quoted, short, text, type Mark } from "../marks.js";
import { rowsOf } from "./parts/rows.js";
import { stateOf } from "./parts/states.js";
import { cellsIn, sizeOf, strip } from "./parts/strip.js";
import { wordOf } from "./parts/attention.js";
import type { Scene } from "./types.js";

/** A word is a list of numbers. */
export const vector: Scene = {
  title: "Words as numbers",
  text(context) {
    const { groups, encoded } = context.reading;
    const word = wordOf(context);
    const parts = groups[word].pieces.map((piece) => {
      const name = encoded.pieces[piece].replace(/^▁(?=.)/u, "");
      return name === "▁" ? "a space" : quoted(name);
    });
    const split = groups.find(({ pieces }) => pieces.length > 1);
    return [
      `A computer calculates with numbers, so each word is a list of them: a **vector**. For ${nameOf(context, word)} it has 512.`,
      "Nobody wrote these numbers down. The model found them by reading many sentences, so that words used alike have similar numbers.",
      split === undefined || parts.length > 1
        ? parts.length > 1
          ? `The model has no word ${nameOf(context, word)} in its vocabulary; it reads pieces, ${joined(parts)}, each with a vector of its own.`
          : "Bars up are numbers above 0, bars down those below."
        : `${quoted(split.text)} is not in its vocabulary: it reads ${split.pieces.length} pieces instead, each with a vector of its own.`,
    ];
  },
  beats: () => 2,
  picture(context, beat) {
    const { width } = context;
    const layout = rowsOf(context, { top: 34, height: width >= 720 ? 56 : 48 });
    const numbers = width >= 560 ? (width >= 720 ? 4 : 3) : 0;
    const column = width >= 720 ? 62 : 52;
    const wide = width - layout.left - numbers * column - (numbers > 0 ? 34 : 0);
    const count = cellsIn(wide);
    const states = layout.rows.map(({ piece }) => stateOf(context, piece).slice(0, count));
    const size = sizeOf(states);
    const strips = layout.rows.flatMap(({ piece, word, y, height }, n): Mark[] => [
      strip(
        `vector-${piece}`,
        { x: layout.left, y: y + 5, width: wide, height: height - 10 },
        states[n],
        "ink",
        size,
        { root: true, target: { query: word }, label: states[n].map((x) => short(x)).join(" ") },
      ),
      ...Array.from({ length: numbers }, (_, d) =>
        text(
          `entry-${piece}-${d}`,
          width - 24 - (numbers - 1 - d) * column,
          y + height / 2,
          short(states[n][d]),
          {
            size: 14,
            anchor: "end",
          },
        ),
      ),
      ...(numbers > 0 ? [text(`more-${piece}`, width - 18, y + height / 2, "…", { size: 14, fill: "soft" })] : []), // prettier-ignore
    ]);
    const head = text("count", layout.left, 18, `${count} of 512 numbers`, {
      size: 13,
      fill: "soft",
    });
    return pictureOf(context, {
      title: "Each word is a list of numbers",
      badges: changesOf(context, 1),
      bottom: layout.bottom,
      marks: [...layout.marks, ...(beat > 0 ? [head, ...strips] : [])],
      hidden: layout.hidden,
      notes:
        beat > 0
          ? ["The bars grow with the square root of a number, so that small ones are seen, too."]
          : [],
      caption: `Shown are the first ${count} of the 512 numbers that each piece has where this story looks. The largest is ${short(size)} in size.`,
      table: () => ({
        columns: ["Piece", ...states[0].map((_, d) => `${d + 1}`)],
        rows: layout.rows.map(({ name }, n) => [name, ...states[n].map((x) => short(x))]),
      }),
    });
  },
};
