import type { SceneContext } from "../types.js";
import { initial } from "../../state.js";
import { isKnown } from "./chip.js";
import { inside, quoted, type Mark, type Picture, type Table } from "../../marks.js";
import { paragraph } from "./wrap.js";

interface Parts {
  readonly title: string;
  /** Where the marks end. */
  readonly bottom: number;
  readonly marks: readonly Mark[];
  readonly caption: string;
  readonly table: () => Table;
  /** Behind the sentence: the layer and head, from the scene on that explains them. */
  readonly where?: string;
  readonly badges?: readonly string[];
  /** A picture that is not about the sentence. */
  readonly general?: boolean;
  /** Words without a place in the picture. */
  readonly hidden?: number;
  /** What is to be said below the picture, in it. */
  readonly notes?: readonly string[];
}

/** A picture of a scene: what all have in common, and what must not be missing in any. */
export function pictureOf(context: SceneContext, parts: Parts): Picture {
  const { reading, width } = context;
  const { title, where, badges = [], hidden = 0, notes = [], table } = parts;
  const unknown = parts.general ? "" : unknownWords(context);
  const said = [
    ...notes,
    ...(hidden > 0
      ? [
          `Shown: words nearby, and those with the highest scores. Not shown: ${hidden} more ${hidden === 1 ? "word" : "words"}.`,
        ]
      : []),
    ...(unknown === "" ? [] : ["Dashed: unknown to the model."]),
  ];
  const note = paragraph("note", 0, parts.bottom + 10, said.join(" "), width);
  const sentence = reading.groups.map(({ text }) => text).join(" ");
  return {
    width,
    height: Math.ceil(said.length > 0 ? note.bottom + 4 : parts.bottom + 4),
    title,
    subtitle: parts.general ? "" : [inside(sentence), where].filter(Boolean).join(" · "),
    badges: [...badges, ...(unknown === "" ? [] : ["unknown pieces"])],
    caption: [parts.caption, unknown].filter(Boolean).join(" "),
    marks: [...parts.marks, ...(said.length > 0 ? note.marks : [])],
    table,
  };
}

/** What the model did not understand, in a sentence. */
export function unknownWords(context: SceneContext): string {
  const { groups } = context.reading;
  const names = groups.filter((_, word) => !isKnown(context, word)).map(({ text }) => quoted(text));
  if (names.length === 0) return "";
  const some = names.length > 3 ? `${names.slice(0, 3).join(", ")} and others` : joined(names);
  return `The model does not know ${some}: all that is unknown is one and the same to it.`;
}

/** A word in a sentence of ours; of those that are there several times from the second on with its number. */
export function nameOf({ reading: { groups } }: SceneContext, word: number): string {
  const { text } = groups[word];
  const before = groups.slice(0, word).filter((it) => it.text === text).length;
  return before === 0 ? quoted(text) : `${quoted(text)} (${before + 1})`;
}

export const joined = (names: readonly string[]): string =>
  names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

/** What is not as the story tells it: another layer or head, or a change of what the model does. */
export function changesOf({ state }: SceneContext, temperature = state.temperature): string[] {
  const { layer, head } = state;
  const own = layer === initial.layer && head === initial.head;
  const place = `layer ${layer + 1}${head === "mean" ? "" : `, head ${head + 1}`}`;
  return [
    ...(own ? [] : [place]),
    ...(temperature === 1 ? [] : [`temperature ${temperature}`]),
    ...(state.causal ? ["causal"] : []),
    ...(state.without.length > 0 ? ["words left out"] : []),
  ];
}
