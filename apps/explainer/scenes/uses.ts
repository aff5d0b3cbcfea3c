import { group, rect, text, type Mark } from "../marks.js";
import { pictograms } from "./parts/pictograms.js";
import { pictureOf } from "./parts/picture.js";
import { paragraph } from "./parts/wrap.js";
import type { Scene } from "./types.js";

/** What looks at what. */
const fields = [
  { id: "text", query: "a word", key: "the other words", name: "Text", line: "Words look at words: translation, search, chat." },
  { id: "code", query: "a name", key: "where it was declared", name: "Code", line: "A name looks at where it was declared." },
  { id: "images", query: "a patch of a picture", key: "the other patches", name: "Images", line: "Patches of a picture look at other patches." },
  { id: "sound", query: "a moment of speech", key: "the moments before and after", name: "Sound", line: "Moments of speech look at those before and after." },
  { id: "proteins", query: "a link of a chain", key: "the links that it may touch", name: "Proteins", line: "Links of a chain look at those they may touch when it folds." },
  { id: "recommendations", query: "what you might like next", key: "what you chose before", name: "Recommendations", line: "What you might like next looks at what you chose before." },
  { id: "agents", query: "the next step", key: "the task, the tools and what was done", name: "Agents", line: "The next step looks at the task, the tools and what was done." },
] as const; // prettier-ignore

/** Where attention is used. */
export const uses: Scene = {
  title: "Where it is used",
  text: () => [
    "Nothing in attention is about words. It needs only a list of vectors, and many things can be made one: patches of an image, moments of sound, links of a protein.",
    "What changes is what looks at what. The *query*, *key* and *value* stay.",
  ],
  picture(context) {
    const { width } = context;
    const columns = width >= 720 ? 3 : width >= 560 ? 2 : 1;
    const gap = 14;
    const lines = Math.ceil(fields.length / columns);
    // The last line fills the room, too.
    const inLine = (at: number): number =>
      at < lines - 1 ? columns : fields.length - columns * (lines - 1);
    const wideOf = (at: number): number => (width - gap * (inLine(at) - 1)) / inLine(at);
    const high = 92;
    const cards = fields.map(({ id, name, line }, n): Mark => {
      const at = Math.floor(n / columns);
      const wide = wideOf(at);
      const said = paragraph(`use-${id}-line`, 76, 32, line, wide - 88, { size: 13, most: 3 });
      return group(`use-${id}`, (n % columns) * (wide + gap), at * (high + gap), [
        rect(`use-${id}-room`, { x: 1, y: 1, width: wide - 2, height: high - 2 }, "ground", { rx: 10, stroke: "line" }),
        group(`use-${id}-sign`, 16, 24, pictograms[id]()),
        text(`use-${id}-name`, 76, 20, name, { weight: 600 }),
        ...said.marks,
      ]); // prettier-ignore
    });
    return pictureOf(context, {
      title: "One idea, many uses",
      general: true,
      bottom: lines * (high + gap) - gap,
      marks: cards,
      caption: "In each field something asks, and takes from what answers.",
      table: () => ({ columns: ["Field", "Query", "Key and value"], rows: fields.map(({ name, query, key }) => [name, query, key]) }), // prettier-ignore
    });
  },
};
