import { circle, path, text, type Mark } from "../marks.js";
import { pictureOf } from "./parts/picture.js";
import { rowsOf } from "./parts/rows.js";
import { stateOf } from "./parts/states.js";
import { sizeOf, strip } from "./parts/strip.js";
import type { Scene } from "./types.js";

const outputs = 3;

/** Before attention a whole sentence had to pass through one vector. */
export const bottleneck: Scene = {
  title: "Before attention",
  text(context) {
    const { length } = context.reading.encoded.pieces;
    return [
      "In 2014 networks that translated read a whole sentence into **one vector** of fixed size, and wrote the translation from that alone.",
      `Your sentence would have to fit: ${length} ${length === 1 ? "piece" : "pieces"} with 512 numbers each into a single list of 512. Forty words get no more room than three, and long sentences suffered.`,
      "Bahdanau, Cho and Bengio let each word that is written look back at every word that was read, and take what it needs. This, they wrote, “implements a mechanism of attention”.",
    ];
  },
  sliders: [{ name: "way", label: "The way", min: 0, max: 1, step: 1, start: 1, format: (it) => (it === 0 ? "one vector" : "attention") }], // prettier-ignore
  beats: () => 3,
  picture(context, beat) {
    const { width } = context;
    const layout = rowsOf(context, { top: 40, most: 10, height: 48, named: false });
    const { rows, bottom } = layout;
    const left = layout.left - (width < 480 ? 6 : 16);
    const right = width - (width < 480 ? 22 : 60);
    const middle = (left + right) / 2;
    const center = (40 + bottom) / 2;
    const wide = Math.min(width < 480 ? 60 : width < 720 ? 150 : 220, (right - left) * 0.4);
    const direct = beat > 1 && (context.settings["way"] ?? 1) > 0;
    const end = bottom;
    const box = {
      x: middle - wide / 2,
      y: center - 20,
      width: wide,
      height: 40,
    };
    const count = width < 480 ? 8 : 16;
    const states = rows.map(({ piece }) => stateOf(context, piece).slice(0, count));
    const mean = states[0].map((_, d) => states.reduce((sum, s) => sum + s[d], 0) / states.length);
    const spread = Math.min(100, (bottom - 60) / 3);
    const outs = Array.from({ length: outputs }, (_, n) => center + (n - 1) * Math.max(spread, 30));
    const curve = (
      id: string,
      [x, y]: readonly number[],
      [u, v]: readonly number[],
      paint: string,
      opacity: number,
      pen: number,
    ): Mark => {
      // prettier-ignore
      const half = (x + u) / 2;
      return path(id, `M${x},${y} C${half},${y} ${half},${v} ${u},${v}`, { fill: "none", stroke: paint, "stroke-width": pen, opacity }); // prettier-ignore
    };
    const into = rows.map(({ piece, word, y, height }) =>
      curve(`into-${piece}`, [left, y + height / 2], [box.x, center], `word-${word}`, 0.9, 3),
    );
    const out = outs.map((y, n) =>
      curve(`out-${n}`, [box.x + wide, center], [right - 9, y], "soft", 0.9, 2),
    );
    const lines = rows
      .filter(({ word }, n) => rows.findIndex((row) => row.word === word) === n)
      .flatMap(({ piece, word, y, height }) =>
        outs.map(
          (to, n) =>
        curve(`direct-${piece}-${n}`, [left, y + height / 2], [right - 9, to], `word-${word}`, 0.9, width < 480 ? 2 : 3), // prettier-ignore
        ),
      );
    const marks: Mark[] = [
      text("head-read", 0, 14, "read", { weight: 600 }),
      text("head-write", width, 14, "written", { weight: 600, anchor: "end" }),
      ...(direct ? [] : into),
      ...(beat > 0 && !direct ? out : []),
      ...(direct ? [] : [strip("mean", box, mean, "ink", sizeOf([mean]), { root: true })]),
      ...(direct ? lines : []),
      text("head-one", middle, box.y - 18, direct ? "" : "one vector", { size: 13, anchor: "middle", fill: "soft" }), // prettier-ignore
      ...outs.map((y, n) => circle(`written-${n}`, [right, y], 9, "ground", { stroke: "ink", "stroke-width": 2 })), // prettier-ignore
      ...outs.map((y, n) => text(`written-name-${n}`, right + 16, y, width < 480 ? "" : `${n + 1}.`, { size: 14 })), // prettier-ignore
    ];
    const { groups } = context.reading;
    return pictureOf(context, {
      title: direct ? "Every written word looks at every word that was read" : "A sentence through one vector", // prettier-ignore
      bottom: end,
      badges: ["a sketch"],
      marks: [...marks, ...layout.marks],
      hidden: layout.hidden,
      notes: [`A sketch of a translator: this page's model does not translate.${direct ? "" : " The vector drawn is the mean of the words' vectors."}`], // prettier-ignore
      caption: `Before: ${groups.length} ${groups.length === 1 ? "word" : "words"} through one vector. With attention: ${groups.length * outputs} direct connections to ${outputs} written words.`, // prettier-ignore
      table: () => ({ columns: ["Word"], rows: groups.map(({ text }) => [text]) }),
    });
  },
};
