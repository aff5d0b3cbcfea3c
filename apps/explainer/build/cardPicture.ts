import { marks, type Mark, type Paint, type Picture } from "qkv/views";
import { strokes } from "./favicon.js";
import { pageName } from "./pageHead.js";
import type { Rasterizer } from "./rasterize.js";

const { circle, group, line, path, rect, text } = marks;

/** What a card shows. */
export interface Card {
  /** The name of its files: `river-bank-flooded`. */
  readonly name: string;
  readonly words: readonly string[];
  /** The position of the word that the picture is about. */
  readonly word: number;
  /** The picture at a width. */
  readonly picture: (width: number) => Picture;
  /** The part of the page's address that shows the same, with its #. */
  readonly hash: string;
}

/** The size that the pages which show cards ask for. */
export const cardSize = { width: 1200, height: 630 } as const;

const margin = 72;
const footer = 534;
const column = 400;
const sentence = { y: 184, height: 318 };
const room = { x: 528, y: margin, width: cardSize.width - margin - 528, height: 430 };

/** A sentence, large, in the colours of its words, beside a picture of it. */
export function cardPicture(
  { words, word, picture }: Card,
  widthOf: Rasterizer["widthOf"],
): Mark[] {
  const shown = fitted(picture);
  const scale = room.width / shown.width;
  const y = room.y + (room.height - shown.height * scale) / 2;
  const titleSize = largest(32, (size) => widthOf(shown.title, size, 600) <= column);
  // The sentence is there already, large.
  const about = [shown.subtitle, ...shown.badges]
    .flatMap((part) => part.split(" · "))
    .filter((part) => part !== "" && part !== words.join(" "));
  const aboutLines = wrapped(about.join(" · "), (line) => widthOf(line, 20) <= column);
  return [
    rect("card", { x: 0, y: 0, ...cardSize }, "ground"),
    text("card-title", margin, 92, shown.title, { size: titleSize, weight: 600 }),
    ...aboutLines.map((content, n) =>
      text(`card-about-${n}`, margin, 128 + n * 27, content, { size: 20, fill: "soft" }),
    ),
    ...sentenceMarks(words, word, widthOf),
    {
      id: "card-picture",
      kind: "g",
      attributes: {
        transform: `translate(${room.x},${marks.round(y)}) scale(${marks.round(scale)})`,
      },
      marks: shown.marks,
    },
    line("card-rule", [margin, footer], [cardSize.width - margin, footer], "line", {
      "stroke-width": 2,
    }),
    ...formula(margin, footer + 46, widthOf),
    ...name(footer + 46, widthOf),
  ];
}

/** The picture with the largest letters that the room holds. */
function fitted(picture: Card["picture"]): Picture {
  let width = 320;
  for (; ; width += 16) {
    const it = picture(width);
    if ((it.height * room.width) / it.width <= room.height || width > 1600) return it;
  }
}

/** A text in lines, as few as fit. */
function wrapped(content: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of content.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function largest(from: number, fits: (size: number) => boolean): number {
  let size = from;
  while (size > 12 && !fits(size)) size--;
  return size;
}

/** The words as large as the lines of the column hold them. */
function sentenceMarks(
  words: readonly string[],
  chosen: number,
  widthOf: Rasterizer["widthOf"],
): Mark[] {
  for (let size = 72; ; size -= 2) {
    const [padding, gap, lineHeight] = [size * 0.26, size * 0.18, size * 1.5];
    let [x, y] = [0, 0];
    const boxes = words.map((content, n) => {
      const width = widthOf(content, size, n === chosen ? 600 : 400) + 2 * padding;
      if (x > 0 && x + width > column) [x, y] = [0, y + lineHeight];
      const box = { x, y, width, height: size * 1.3 };
      x += width + gap;
      return box;
    });
    const bottom = Math.max(0, ...boxes.map(({ y: top, height }) => top + height));
    const right = Math.max(0, ...boxes.map(({ x: left, width }) => left + width));
    if (size > 16 && (bottom > sentence.height || right > column)) continue;
    const chips = boxes.map((box, n) => [
      rect(`word-${n}`, box, `word-${n}`, {
        rx: size * 0.2,
        ...(n === chosen ? { stroke: "ink", "stroke-width": 3 } : {}),
      }),
      text(`word-${n}-text`, box.x + box.width / 2, box.y + box.height / 2, words[n], {
        size,
        anchor: "middle",
        ...(n === chosen ? { weight: 600 } : {}),
      }),
    ]);
    return [group("sentence", margin, sentence.y + (sentence.height - bottom) / 2, chips.flat())];
  }
}

/** softmax(QKᵀ/√d)V, its letters in the colours of what they stand for. */
function formula(x: number, y: number, widthOf: Rasterizer["widthOf"]): Mark[] {
  const size = 28;
  const parts: [string, Paint][] = [
    ["softmax(", "ink"],
    ["Q", "query"],
    ["K", "key"],
    ["ᵀ/√d)", "ink"],
    ["V", "value"],
  ];
  let before = "";
  return parts.map(([content, fill], n) => {
    const at = before === "" ? 0 : widthOf(`${before}.`, size) - widthOf(".", size);
    before += content;
    const weight = fill === "ink" ? 400 : 600;
    return text(`formula-${n}`, x + at, y, content, { size, weight, fill });
  });
}

/** The name of the page behind its icon, at the right edge. */
function name(y: number, widthOf: Rasterizer["widthOf"]): Mark[] {
  const size = 26;
  const x = cardSize.width - margin - widthOf(pageName, size, 600);
  const icon: Mark = {
    id: "icon",
    kind: "g",
    attributes: { transform: `translate(${marks.round(x - 60)},${y - 22}) scale(0.6875)` },
    marks: [
      ...strokes.map((it) =>
        path(`icon-${it.name}`, it.d, {
          fill: "none",
          stroke: it.name,
          "stroke-width": it.width,
          "stroke-linecap": "round",
        }),
      ),
      circle("icon-word", [50, 32], 10, "ink"),
    ],
  };
  return [icon, text("page-name", x, y, pageName, { size, weight: 600 })];
}
