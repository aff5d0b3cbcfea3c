import { askedOf, mayRead, wordOf } from "./parts/attention.js";
import { dragged, shownWeights } from "./parts/byHand.js";
import { fit, group, percent, rect, short, text, type Mark } from "../marks.js";
import { meter, meterHeight } from "./parts/meter.js";
import { changesOf, joined, pictureOf, nameOf } from "./parts/picture.js";
import { rowsOf } from "./parts/rows.js";
import { cellsIn, sizeOf, strip } from "./parts/strip.js";
import { vectorOf } from "../vectorOf.js";
import type { Scene, SceneContext } from "./types.js";

const most = 10;

/** Values pour together by their weights. */
export const blend: Scene = {
  title: "What the word takes along",
  text(context) {
    const asked = askedOf(context);
    const { groups } = context.reading;
    const name = nameOf(context, wordOf(context));
    const { weights, byHand } = shownWeights(context, asked);
    const largest = groups
      .map(({ pieces }, word) => ({ word, share: pieces.reduce((sum, j) => sum + weights[j], 0) }))
      .sort((a, b) => b.share - a.share)
      .slice(0, 2)
      .map(({ word, share }) => `${percent(share)} ${nameOf(context, word)}`);
    return [
      `Each word gives its *value*, as much of it as its weight says. All together are what ${name} takes along: ${joined(largest)}${groups.length > 2 ? ", and less of the others" : ""}.`,
      byHand
        ? "You changed the weights: the blend follows, but it is no longer what the model computes."
        : "Drag a weight: the others give way, and the blend follows.",
      `What it takes along goes through one more learned table and is added to the vector that ${name} came with. So it stays itself, and has learned something from its neighbours.`,
    ];
  },
  beats: (context) => rowsOf(context, { most }).rows.length + 1,
  drag(context, { key }, [by]) {
    if (key === undefined || !context.reading.groups[key]) return context.settings;
    return dragged(context, askedOf(context), key, by / layoutOf(context).meters);
  },
  picture(context, beat) {
    const { width, reading } = context;
    const asked = askedOf(context);
    const { weights, byHand } = shownWeights(context, asked);
    const { layout, meters, strips, x } = layoutOf(context);
    const { rows, left, bottom } = layout;
    const count = cellsIn(strips);
    const values = reading.encoded.pieces.map((_, j) => vectorOf(reading.encoded.layers[asked.layer].value, asked.head, j)); // prettier-ignore
    const poured = (piece: number): boolean => {
      const at = rows.findIndex((row) => row.piece === piece);
      return at < 0 ? beat >= rows.length : at < beat;
    };
    const sum = values[0].map((_, d) => values.reduce((total, v, j) => total + (poured(j) ? weights[j] * v[d] : 0), 0)); // prettier-ignore
    const size = sizeOf(rows.map(({ piece }) => values[piece].slice(0, count)));
    const base = bottom + 44;
    const marks: Mark[] = [
      text("head-value", left, 12, "value", { weight: 600, fill: "value" }),
      text("head-weight", x, 12, "weight", { weight: 600 }),
    ];
    let from = 0;
    const segments: Mark[] = [];
    for (const { piece, word, y, height, name } of rows) {
      const weight = weights[piece];
      const blocked = !mayRead(context.state.causal, asked.piece, piece);
      const box = { x: left, y: y + 6, width: strips, height: height - 12 };
      marks.push(strip(`value-${piece}`, box, values[piece].slice(0, count), "value", size));
      const inner = meter(`weight-${piece}`, [x, y + (height - meterHeight) / 2], meters, weight, blocked ? "blocked" : percent(weight), { paint: `word-${word}`, size: layout.size, bar: poured(piece) }); // prettier-ignore
      const label = `weight of ${name}: ${percent(weight)}`;
      // To take hold of: a bar may be thin, and there is nothing between it and its number.
      const grip = rect(`grip-${piece}`, { x, y: y + 2, width: meters, height: 36 }, "ground", { opacity: 0 }); // prettier-ignore
      marks.push(group(`drag-${piece}`, 0, 0, [grip, ...inner], { target: { query: asked.word, key: word }, label, draggable: !blocked })); // prettier-ignore
      const place = poured(piece)
        ? { x: from * width, y: base, width: Math.max(weight * width - 1.5, 0), height: 30 }
        : { x, y: y + (height - meterHeight) / 2 + 22, width: weight * meters, height: 12 };
      segments.push(rect(`pour-${piece}`, place, `word-${word}`, { rx: 3 }, { label }));
      const letter = weight * width > 60 ? 13 : 11;
      const shown = fit(name, weight * width - 4, letter);
      if (poured(piece) && (shown === name || shown.length > 2)) {
        segments.push(text(`poured-${piece}`, from * width + (weight * width) / 2, base + 15, shown, { size: letter, anchor: "middle" })); // prettier-ignore
      }
      from += poured(piece) ? weight : 0;
    }
    const rest = 1 - rows.reduce((total, { piece }) => total + weights[piece], 0);
    if (layout.hidden > 0 && beat >= rows.length) {
      segments.push(rect("pour-rest", { x: from * width, y: base, width: Math.max(0, rest * width), height: 30 }, "line", { rx: 3 })); // prettier-ignore
    }
    const name = nameOf(context, asked.word);
    marks.push(text("head-blend", 0, bottom + 26, fit(`what ${name} gets`, width, 15, 600), { weight: 600 })); // prettier-ignore
    marks.push(rect("pour-room", { x: 0, y: base, width, height: 30 }, "line", { rx: 3, opacity: 0.3 })); // prettier-ignore
    marks.push(...segments, strip("blend", { x: left, y: base + 42, width: strips, height: 42 }, sum.slice(0, count), "value", size)); // prettier-ignore
    marks.push(text("blend-name", 0, base + 63, fit("the sum", left - 8, 14), { size: 14, fill: "soft" })); // prettier-ignore
    return pictureOf(context, {
      title: `What ${name} takes along`,
      badges: [
        ...(byHand ? ["weights by hand, no longer the model's"] : []),
        ...changesOf(context),
      ],
      bottom: base + 84,
      marks: [...layout.marks, ...marks],
      hidden: layout.hidden,
      notes: layout.hidden > 0 ? [`Words without a row have ${percent(Math.max(0, rest))} together.`] : [], // prettier-ignore
      caption: `Each value times its weight, added up. Shown are the first ${count} of ${values[0].length} numbers.`,
      table: () => ({
        columns: ["Piece", "Weight", ...Array.from({ length: count }, (_, d) => `Value ${d + 1}`)],
        rows: reading.encoded.pieces.map((piece, j) => [piece, percent(weights[j]), ...values[j].slice(0, count).map((v) => short(v))]), // prettier-ignore
      }),
    });
  },
};

/** Where the values end and the weights begin. */
function layoutOf(context: SceneContext) {
  const layout = rowsOf(context, { top: 28, height: 48, most });
  const gap = context.width < 480 ? 12 : 28;
  // The ring around what has the focus needs a little room at the right.
  const room = context.width - layout.left - gap - 4;
  const strips = room * 0.5;
  return { layout, strips, meters: room - strips, x: layout.left + strips + gap };
}
