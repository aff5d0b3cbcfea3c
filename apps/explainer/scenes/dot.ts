import { askedOf, rawOf, wordOf } from "./parts/attention.js";
import { group, quoted, short, text, type Mark } from "../marks.js";
import { meter } from "./parts/meter.js";
import { changesOf, nameOf, pictureOf } from "./parts/picture.js";
import { rowsOf, type Row } from "./parts/rows.js";
import { cellsIn, sizeOf, strip } from "./parts/strip.js";
import { wrap } from "./parts/wrap.js";
import { vectorOf } from "../vectorOf.js";
import type { Scene, SceneContext } from "./types.js";

const most = 9;
const closed = 46;
const open = 138;

/** The query meets every key. */
export const dot: Scene = {
  title: "Query meets key",
  text(context) {
    const asked = askedOf(context);
    const { groups } = context.reading;
    const name = nameOf(context, wordOf(context));
    const raw = rawOf(context, asked);
    const best = raw.indexOf(Math.max(...raw));
    const found = groups.findIndex(({ pieces }) => pieces.includes(best));
    return [
      `${name} holds its *query* against the *key* of every word, number by number: it multiplies the pairs and adds them up. That sum, **q·k**, is the score.`,
      "Where both are large with the same sign, the pair adds much. Where the signs differ, it takes away.",
      `Here the highest score is ${short(raw[best])}, for ${found === asked.word ? `${name} itself` : nameOf(context, found)}. Choose a word to see its numbers.`,
    ];
  },
  // The reader has chosen none yet: the one with the highest score.
  state: { key: undefined },
  beats: (context) => shownRows(context).length + 1,
  picture(context, beat) {
    const { width, reading } = context;
    const asked = askedOf(context);
    const { query, key } = reading.encoded.layers[asked.layer];
    const pieces = shownRows(context);
    const raw = rawOf(context, asked);
    const current = beat < pieces.length ? pieces[beat].piece : chosenPiece(context, pieces, raw);
    const top = 30;
    const layout = rowsOf(context, { top, most, heightOf: (piece) => (piece === current ? open : closed) }); // prettier-ignore
    const side = width < 480 ? 56 : width < 720 ? 110 : 200;
    const label = 26;
    const x = layout.left + label;
    const wide = width - x - side - 18;
    const count = cellsIn(wide);
    const scale = Math.max(...pieces.map(({ piece }) => Math.abs(raw[piece])));
    const range = [Math.min(0, ...pieces.map(({ piece }) => raw[piece])), Math.max(scale * 0.01, ...pieces.map(({ piece }) => raw[piece]))] as const; // prettier-ignore
    const q = vectorOf(query, asked.head, asked.piece);
    const keyOf = (piece: number): number[] => vectorOf(key, asked.head, piece);
    const products = q.map((it, d) => it * keyOf(current)[d]);
    const strongest = products
      .map((_, d) => d)
      .sort((a, b) => Math.abs(products[b]) - Math.abs(products[a]))
      .slice(0, count);
    const pick = (numbers: readonly number[]): number[] => strongest.map((d) => numbers[d]);
    const size = sizeOf([pick(q), ...pieces.map(({ piece }) => pick(keyOf(piece)))]);
    const part = pick(products).reduce((a, b) => a + b, 0);
    const rest = raw[current] - part;
    const marks: Mark[] = [text("head-key", x, 14, width < 700 ? `${count} of ${q.length}` : `the ${count} of ${q.length} numbers that add most`, { size: 13, fill: "soft" })]; // prettier-ignore
    marks.push(
      text("head-score", x + wide + 14, 14, width < 480 ? "q·k" : "score q·k", {
        size: 13,
        fill: "soft",
      }),
    );
    for (const [n, { piece, word, y, name }] of layout.rows.entries()) {
      const opened = piece === current;
      const at = y + (opened ? 36 : 8);
      const box = { x, y: at, width: wide, height: 30 };
      const said = `${name}: q·k = ${short(raw[piece])}`;
      const inner = [
        text(`name-k-${piece}`, x - 8, at + 15, "k", { ...letter, fill: "key" }),
        strip(`key-${piece}`, box, pick(keyOf(piece)), "key", size),
      ];
      // Beside the row: what a row is called says no more than what is written in it.
      const beside = opened ? [
        text("name-q", x - 8, y + 19, "q", { ...letter, fill: "query" }),
        text("name-products", x - 8, y + 83, "q×k", { ...letter, size: 12, fill: "ink" }),
        strip(`query-${asked.piece}`, { ...box, y: y + 4 }, pick(q), "query", size),
        strip("products", { ...box, y: y + 68 }, pick(products), "ink", sizeOf([pick(products)])),
        ...sumOf(x, y + 114, wide + side, part, rest, count, q.length),
      ] : []; // prettier-ignore
      if (beat >= pieces.length || n <= beat) {
        const mid = y + (opened ? 32 : 4);
        inner.push(...meter(`score-${piece}`, [x + wide + 14, mid], side, raw[piece], short(raw[piece]), { paint: "weight", range, size: layout.size, outlined: opened })); // prettier-ignore
      }
      const choice = opened ? "chosen" : "open";
      marks.push(group(`row-${piece}`, 0, 0, inner, { target: { query: asked.word, key: word }, label: said, choice }), ...beside); // prettier-ignore
    }
    const name = layout.rows.find(({ piece }) => piece === current)!.name;
    return pictureOf(context, {
      title: `The query of ${nameOf(context, asked.word)} meets each key`,
      badges: changesOf(context, 1),
      bottom: layout.bottom,
      marks: [...layout.marks, ...marks],
      hidden: layout.hidden,
      caption: `${current === raw.indexOf(Math.max(...raw)) ? `The highest score is ${short(raw[current])}, for ${quoted(name)}: the` : `For ${quoted(name)} the`} ${count} strongest of ${q.length} products add up to ${short(part)}, the others to ${short(rest)}, together q·k = ${short(raw[current])}.`,
      table: () => ({
        columns: ["Key", "q·k"],
        rows: reading.encoded.pieces.map((piece, j) => [piece, short(raw[j], 4)]),
      }),
    });
  },
};

const letter = { size: 14, weight: 600, anchor: "end" } as const;

const shownRows = (context: SceneContext): readonly Row[] => rowsOf(context, { most }).rows;

/** The piece of the word that a reader chose, or the one with the highest score. */
function chosenPiece(
  { state }: SceneContext,
  rows: readonly Row[],
  raw: readonly number[],
): number {
  const own = rows.filter(({ word }) => word === state.key);
  const best = (own.length > 0 ? own : rows).map(({ piece }) => piece);
  return best.reduce((a, b) => (raw[b] > raw[a] ? b : a));
}

/** What the strongest products add up to, and the others. */
function sumOf(
  x: number,
  y: number,
  room: number,
  part: number,
  rest: number,
  count: number,
  size: number,
): Mark[] {
  // prettier-ignore
  const left = size - count;
  const long = `these ${count} add up to ${short(part)}, the other ${left} to ${short(rest)}`;
  const shown = wrap(long, room, 12).length === 1 ? long : `${short(part)}, others ${short(rest)}`;
  return [text("sum", x, y, shown, { size: 12, fill: "soft" })];
}
