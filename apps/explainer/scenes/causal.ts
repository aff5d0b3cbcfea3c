import { askedOf, whereOf, withState, wordRow } from "./parts/attention.js";
import { group, line, percent, rect, text, textWidth, fit, type Mark } from "../marks.js";
import { pictureOf, nameOf } from "./parts/picture.js";
import { rowsOf } from "./parts/rows.js";
import type { Scene, SceneContext } from "./types.js";

/** So many words that their names can still be read. */
const mostOf = ({ width }: SceneContext): number => (width < 480 ? 7 : 12);

/** Without looking ahead. */
export const causal: Scene = {
  title: "Not looking ahead",
  text(context) {
    return [
      "This model reads a whole sentence at once, so each word may look at all others. A model that **writes**, as chat assistants do, cannot: the next words are not there yet.",
      "So pairs with a later word are blocked before softmax, and the words that are left share 100\u00a0%. That is called **causal** attention.",
      changeOf(context),
    ];
  },
  beats: () => 2,
  picture(context, beat) {
    const { width, reading } = context;
    const asked = askedOf(context);
    const { groups } = reading;
    const probe = wordsOf(context);
    const names = probe.map((word) => groups[word].text);
    const slanted = Math.max(...names.map((name) => Math.min(textWidth(name, 13), 90)));
    const narrow = rowsOf(context, { most: mostOf(context), whole: true, named: false }).left;
    const beyond = probe.length > 1 ? slanted * 0.6 : 0;
    const room = width - narrow - beyond - 4;
    const cell = Math.min(room / probe.length, width >= 720 ? 104 : 84);
    const from = Math.max(0, (room - cell * probe.length) / 2);
    const left = narrow + from;
    const top = 16 + slanted * 0.75;
    const pieces = (word: number): number => groups[word].pieces.length;
    const layout = rowsOf(context, { top, from, most: mostOf(context), whole: true, named: false, heightOf: (piece) => cell / pieces(groups.findIndex((g) => g.pieces.includes(piece))) }); // prettier-ignore
    const columns = probe.map((word, n): Mark => ({
      ...group(`column-${word}`, 0, 0, [text(`over-${word}`, 0, 0, fit(groups[word].text, 90, 13), { size: 13 })]), // prettier-ignore
      attributes: { transform: `translate(${left + (n + 0.4) * cell},${top - 8}) rotate(-50)` },
    }));
    const after = beat > 0;
    const rules = beforeAndAfter(context);
    const cells = probe.flatMap((i, a) => {
      const [before, now] = rules.map((it) => wordRow(it, asked.layer, asked.head, i));
      return probe.map((j, b) => pair(i, j, a, b, before[j], now[j]));
    });
    return pictureOf(context, {
      title: after ? "Each word reads only what came before" : "Each word reads all words",
      where: whereOf(asked),
      badges: after ? ["causal"] : [],
      bottom: layout.bottom,
      marks: [...layout.marks, ...columns, ...cells],
      hidden: layout.hidden,
      notes: [after ? "A row for each word that looks; struck through: blocked." : "A row for each word that looks, a column for each word it looks at."], // prettier-ignore
      caption: after ? blockedOf(groups.length) : "Without a rule every word may read every word.",
      table: () => ({
        columns: ["Word", ...groups.map(({ text }) => text)],
        rows: groups.map(({ text }, i) => [text, ...wordRow(rules[beat > 0 ? 1 : 0], asked.layer, asked.head, i).map(percent)]), // prettier-ignore
      }),
    });

    function pair(i: number, j: number, a: number, b: number, before: number, now: number): Mark {
      const weight = after ? now : before;
      const blocked = after && j > i;
      const id = `pair-${i}-${j}`;
      const inset = Math.min(3, cell * 0.06);
      const box = { x: inset, y: inset, width: cell - 2 * inset, height: cell - 2 * inset };
      const shown = percent(weight);
      const size = Math.min(15, cell * 0.3, (cell - 4) / textWidth(shown, 1));
      const label = `${groups[i].text} reads ${groups[j].text}: ${blocked ? "blocked" : percent(weight)}`;
      const marks = [
        rect(`${id}-room`, box, "none", { rx: 4, stroke: "line", "stroke-dasharray": blocked ? "3 3" : "none" }), // prettier-ignore
        blocked
          ? line(`${id}-bar`, [cell * 0.3, cell * 0.7], [cell * 0.7, cell * 0.3], "soft")
          : rect(`${id}-cell`, box, `word-${j}`, {
              rx: 4,
              opacity: 0.04 + 0.96 * Math.sqrt(weight),
            }),
        ...(size >= 8 && !blocked ? [text(`${id}-number`, cell / 2, cell / 2, shown, { size, anchor: "middle" })] : []), // prettier-ignore
      ];
      return group(id, left + b * cell, top + a * cell, marks, { target: { query: i, key: j }, label }); // prettier-ignore
    }
  },
};

/** The sentence without the rule, and with it. */
const beforeAndAfter = (context: SceneContext): SceneContext[] =>
  [false, true].map((causal) => withState(context, { causal }));

/** The words that have rows. */
const wordsOf = (context: SceneContext): number[] => [
  ...new Set(rowsOf(context, { most: mostOf(context), whole: true }).rows.map(({ word }) => word)),
];

/** What the rule takes from the word that looks. */
function changeOf(context: SceneContext): string {
  const { layer, head, word } = askedOf(context);
  const { groups } = context.reading;
  const [before, after] = beforeAndAfter(context).map((it) => wordRow(it, layer, head, word));
  const lost = before.reduce((sum, weight, j) => sum + (j > word ? weight : 0), 0);
  const name = nameOf(context, word);
  if (word === groups.length - 1) return `${name} is the last word: it still reads all others, and nothing changes for it.`; // prettier-ignore
  if (word === 0) return `${name} is the first word, so it is left with itself alone: 100\u00a0%.`;
  const most = after.indexOf(Math.max(...after));
  return `${name} loses the words after it, which had ${percent(lost)}; now it gives most to ${most === word ? "itself" : nameOf(context, most)}: ${percent(after[most])}, before ${percent(before[most])}.`; // prettier-ignore
}

/** How many pairs the rule blocks. */
function blockedOf(words: number): string {
  const blocked = (words * (words - 1)) / 2;
  return `${blocked} of ${words * words} ${words === 1 ? "pair" : "pairs"} ${blocked === 1 ? "is" : "are"} blocked. The stronger the colour of a cell, the larger its weight.`;
}
