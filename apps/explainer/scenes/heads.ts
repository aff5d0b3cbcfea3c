import { HEADS } from "../../../examples/universal-sentence-encoder/architecture.js";
import { askedOf, wordOf, wordRow } from "./parts/attention.js";
import { flowOf } from "./parts/flow.js";
import { fit, group, line, percent, rect, text, type Mark } from "../marks.js";
import { changesOf, pictureOf, nameOf } from "./parts/picture.js";
import { evenOf, lookOf, meanOf } from "./parts/looks.js";
import { shownWords } from "./parts/rows.js";
import { isStory } from "./parts/story.js";
import type { Scene, SceneContext } from "./types.js";

/** Several heads, each with a look of its own. */
export const heads: Scene = {
  title: "Many heads",
  text(context) {
    const name = nameOf(context, wordOf(context));
    const asked = askedOf(context);
    return [
      `All of this was one **head**: head ${asked.head + 1} of layer ${asked.layer + 1}. A **layer** has ${HEADS} of them side by side, with tables of their own, so each can look for something else. The next layer starts from what the one before it made.`,
      lookOf(context),
      `The mean of the heads is only a summary: it can hide what each of them does. A large weight says what was read for ${name}, not what was understood.`,
    ];
  },
  beats: () => 2,
  picture(context, beat) {
    const { width, reading, state } = context;
    const { groups } = reading;
    const word = wordOf(context);
    const layers = reading.encoded.layers.map((_, layer) => layer);
    const flow = flowOf(context, { size: groups.length > 12 ? 13 : width >= 720 ? 20 : 15 });
    const gap = width < 480 ? 6 : 18;
    const wide = (width - HEADS * gap) / (HEADS + 1);
    const high = width < 480 ? 70 : width < 720 ? 96 : 120;
    const views: readonly (number | "mean")[] = [
      ...Array.from({ length: HEADS }, (_, h) => h),
      "mean",
    ];
    const rows = layers.map((layer) => views.map((head) => wordRow(context, layer, head, word)));
    const shown = wordsIn(context, rows.flat(), 14);
    const marks: Mark[] = [];
    let y = flow.bottom + 22;
    const even = evenOf(context);
    for (const layer of layers) {
      marks.push(text(`layer-${layer}`, 0, y + 10, `Layer ${layer + 1}`, { weight: 600 }));
      views.forEach((head, n) => {
        const row = rows[layer][n];
        if (head !== "mean" || beat > 0)
          marks.push(panel(layer, head, row, n * (wide + gap), y + 26));
      });
      y += high + 96;
    }
    return pictureOf(context, {
      title: `What each head gives for ${nameOf(context, word)}`,
      where: `layer ${state.layer + 1}, all heads`,
      badges: changesOf(context),
      bottom: y - 14,
      marks: [...flow.marks, ...marks],
      hidden: groups.length - shown.length,
      notes: [`A bar for each word, up to 100\u00a0%. Dashed: even, ${percent(even)} each. Named: the word that gets most.`], // prettier-ignore
      caption: meanOf(context),
      table: () => ({
        columns: ["Layer", "Head", ...groups.map(({ text }) => text)],
        rows: layers.flatMap(
          (layer) =>
            Array.from({ length: HEADS }, (_, head) => [`${layer + 1}`, `${head + 1}`, ...rows[layer][head].map(percent)]), // prettier-ignore
        ),
      }),
    });

    /** The row of one head as bars in the colours of the words. */
    function panel(
      layer: number,
      head: number | "mean",
      row: readonly number[],
      x: number,
      top: number,
    ): Mark {
      // prettier-ignore
      const id = `panel-${layer}-${head}`;
      const chosen = layer === state.layer && head === state.head;
      const step = (wide - 8) / shown.length;
      const bars = shown.map((j, n) => {
        const weight = row[j];
        const slim = Math.min(step * 0.8, 40);
        const box = { x: 4 + n * step + (step - slim) / 2, y: 22 + (high - 2) * (1 - weight), width: slim, height: (high - 2) * weight }; // prettier-ignore
        return rect(`${id}-${j}`, box, `word-${j}`, { stroke: j === word ? "ink" : "none" });
      });
      const best = shown.reduce((a, b) => (row[b] > row[a] ? b : a));
      const own = best === word ? "itself" : groups[best].text;
      const name = head === "mean" ? "mean" : `head ${head + 1}`;
      const clear = isStory(row[best], even);
      const said = [
        text(`${id}-best`, wide / 2, high + 32, fit(own, wide, 13, clear ? 600 : 400), { size: 13, weight: clear ? 600 : 400, anchor: "middle", fill: clear ? "ink" : "soft" }),
        text(`${id}-share`, wide / 2, high + 49, percent(row[best]), { size: 13, anchor: "middle", fill: clear ? "ink" : "soft" }),
      ]; // prettier-ignore
      const inner = [
        text(`${id}-name`, wide / 2, 10, name, { size: 13, anchor: "middle", weight: chosen ? 600 : 400 }), // prettier-ignore
        rect(`${id}-room`, { x: 0.75, y: 21, width: wide - 1.5, height: high }, "ground", { rx: 4, stroke: chosen ? "ink" : "line", "stroke-width": chosen ? 1.5 : 1 }), // prettier-ignore
        ...bars,
        line(`${id}-even`, [2, 22 + (high - 2) * (1 - even)], [wide - 2, 22 + (high - 2) * (1 - even)], "soft", { "stroke-dasharray": "3 3" }), // prettier-ignore
        ...said,
      ];
      const target = head === "mean" ? { layer } : { layer, head };
      return group(id, x, top, inner, { target, label: `${[name, ...said.map((it) => it.text)].join(" ")}, layer ${layer + 1}`, choice: chosen ? "chosen" : "open" }); // prettier-ignore
    }
  },
};

/** The word that looks and those that a head gives most to, all of them, and others as many as have room. */
function wordsIn(
  context: SceneContext,
  rows: readonly (readonly number[])[],
  most: number,
): number[] {
  const best = rows.map((row) => row.indexOf(Math.max(...row)));
  const first = new Set([wordOf(context), ...best, ...shownWords(context, most)]);
  return [...first].slice(0, Math.max(most, best.length + 1)).sort((a, b) => a - b);
}
