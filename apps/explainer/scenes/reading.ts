import { askedOf, whereOf, wordOf } from "./parts/attention.js";
import { arrow, boxOf, type Step } from "./parts/diagram.js";
import { flowOf } from "./parts/flow.js";
import { line, text, textWidth, type Mark, type Paint } from "../marks.js";
import { nameOf, pictureOf } from "./parts/picture.js";
import type { Scene } from "./types.js";

/** The whole story in one line, and where to read on. */
export const reading: Scene = {
  title: "All of it in one line",
  text: (context) => [
    "*query* times *key*, divided by √d, through softmax, times *value*: you have seen every step.",
    `And ${nameOf(context, wordOf(context))}? What it takes along depends on its neighbours. In free play Compare puts it into another sentence, and says how alike the two are.`,
    "Real models repeat it in many heads and layers, with other steps between. Here is where it comes from, and where to read on.",
  ],
  sources: [
    { text: "Bahdanau, Cho and Bengio (2014): Neural machine translation by jointly learning to align and translate", url: "https://arxiv.org/abs/1409.0473" }, // prettier-ignore
    { text: "Vaswani and others (2017): Attention is all you need", url: "https://arxiv.org/abs/1706.03762" }, // prettier-ignore
    { text: "Lilian Weng (2018): Attention? Attention!", url: "https://lilianweng.github.io/posts/2018-06-24-attention/" }, // prettier-ignore
    { text: "Jay Alammar (2018): The Illustrated Transformer", url: "https://jalammar.github.io/illustrated-transformer/" }, // prettier-ignore
    { text: "Cer and others (2018): Universal Sentence Encoder, the model of this page", url: "https://arxiv.org/abs/1803.11175" }, // prettier-ignore
  ],
  picture(context) {
    const { width } = context;
    const asked = askedOf(context);
    const { query } = context.reading.encoded.layers[asked.layer];
    const [, length, size] = query.shape;
    const letter = Math.min(width >= 720 ? 30 : 24, (width / 320) * 17);
    const formula = formulaOf(width / 2, 24, letter);
    const flow = flowOf(context, { top: 64, size: context.reading.groups.length > 12 ? 12 : 15 });
    const inner = Math.min(width - 8, 720);
    const off = (width - inner) / 2;
    const wide = (inner - 32) / 3;
    const xOf = (n: number): number => off + n * (wide + 16);
    const mid = (n: number): number => xOf(n) + wide / 2;
    const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((n) => flow.bottom + 34 + n * 88);
    const each = `${length} × ${size}`;
    const pairs = `${length} × ${length}`;
    const steps: readonly [Step, number, number, number][] = [
      [{ id: "query", name: "query", size: each, paint: "query" }, xOf(0), a, wide],
      [{ id: "key", name: "key", size: each, paint: "key" }, xOf(1), a, wide],
      [{ id: "value", name: "value", size: each, paint: "value" }, xOf(2), a, wide],
      [
        { id: "scores", name: "scores", size: pairs, paint: "line" },
        xOf(0) + wide / 2 + 8,
        b,
        wide,
      ],
      [{ id: "scaled", name: "scaled", size: pairs, paint: "line" }, xOf(0) + wide / 2 + 8, c, wide], // prettier-ignore
      [
        { id: "weights", name: "weights", size: pairs, paint: "weight" },
        xOf(0) + wide / 2 + 8,
        d,
        wide,
      ],
      [{ id: "blend", name: "blend", size: each, paint: "value" }, xOf(1) + wide / 2 + 8, e, wide],
    ];
    const left = xOf(0) + wide + 8;
    const arrows = [0, 1, 2].map((n) => arrow(`arrow-x-${n}`, width / 2, flow.bottom + 4, mid(n), a)); // prettier-ignore
    const [first, last] = [Math.min(...flow.boxes.map(({ x }) => x)), Math.max(...flow.boxes.map((box) => box.x + box.width))]; // prettier-ignore
    const more: Mark[] = [
      line("all-words", [first, flow.bottom + 4], [last, flow.bottom + 4], "soft", { "stroke-width": 1.5 }), // prettier-ignore
      arrow("arrow-q", mid(0), a + 52, left - 12, b),
      arrow("arrow-k", mid(1), a + 52, left + 12, b),
      arrow("arrow-s", left, b + 52, left, c),
      arrow("arrow-w", left, c + 52, left, d),
      arrow("arrow-o", left, d + 52, xOf(1) + wide - 4, e),
      arrow("arrow-v", mid(2), a + 52, xOf(1) + wide + 20, e),
      text("arrow-w-name", left + 12, (c + 52 + d) / 2, "softmax", { size: 13, fill: "soft" }),
      text("arrow-s-name", left + 12, (b + 52 + c) / 2, `divided by √${size}`, {
        size: 13,
        fill: "soft",
      }),
    ];
    return pictureOf(context, {
      title: "Attention",
      where: whereOf(asked),
      bottom: e + 54,
      marks: [...formula, ...flow.marks, ...arrows, ...more, ...steps.map(([step, x, y, w]) => boxOf(step, x, y, w))], // prettier-ignore
      caption: `For this sentence of ${length} ${length === 1 ? "piece" : "pieces"} a head has ${length} queries, keys and values of ${size} numbers, and ${length * length} ${length === 1 ? "weight" : "weights"}.`, // prettier-ignore
      table: () => ({
        columns: ["Step", "Size"],
        rows: steps.map(([{ name, size }]) => [name, size]),
      }),
    });
  },
};

/** softmax(Q Kᵀ / √d) V, in the colours. */
function formulaOf(middle: number, y: number, size: number): Mark[] {
  const parts: readonly { content: string; fill?: Paint; raised?: true; gap?: number }[] = [
    { content: "softmax(", gap: 0.12 },
    { content: "Q", fill: "query", gap: 0.15 },
    { content: "K", fill: "key" },
    { content: "T", fill: "key", raised: true, gap: 0.2 },
    { content: "/", gap: 0.2 },
    { content: "√d", gap: 0.05 },
    { content: ")", gap: 0.25 },
    { content: "V", fill: "value" },
  ];
  const sizes = parts.map(({ raised }) => size * (raised ? 0.6 : 1));
  const widths = parts.map(
    ({ content, gap = 0 }, n) => textWidth(content, sizes[n], 600) * 1.12 + gap * size,
  );
  let x = middle - widths.reduce((a, b) => a + b, 0) / 2;
  return parts.map(({ content, fill = "ink", raised }, n) => {
    const mark = text(`formula-${n}`, x, y - (raised ? size * 0.32 : 0), content, { size: sizes[n], weight: 600, fill }); // prettier-ignore
    x += widths[n];
    return mark;
  });
}
