import { wordOf } from "./parts/attention.js";
import { flowOf } from "./parts/flow.js";
import { line, percent, rect, text, textWidth } from "../marks.js";
import { isKnown } from "./parts/chip.js";
import { pictureOf, nameOf } from "./parts/picture.js";
import { evenShare, plainOf, storyOf } from "./parts/story.js";
import type { Scene, SceneContext } from "./types.js";

/** Words that ask for their neighbours, and what they could be. */
const questions: Readonly<Record<string, string>> = {
  bank: "Which bank? Of a river, or one with money?",
  bat: "Which bat? An animal, or a piece of wood?",
  it: "Who is “it”?",
  they: "Who are “they”?",
  bass: "Which bass? A fish, or a low voice?",
  spring: "Which spring? A season, a source, or a coil?",
};

const questionOf = (name: string): string =>
  questions[name.toLowerCase().replace(/[^\p{L}]/gu, "")] ?? "What do I mean here?";

/** A word alone, that its neighbours make clear. */
export const sentence: Scene = {
  title: "A word alone",
  text(context) {
    const { groups } = context.reading;
    const word = wordOf(context);
    const name = nameOf(context, word);
    const first = `You read ${name} and know at once what is meant, because you read the words around it, too.`;
    if (groups.length === 1) return [`Here ${name} stands alone: nothing around it says what it means.`, "Type a sentence with more words."]; // prettier-ignore
    return [
      first,
      `A computer has to learn that. **Attention** is how: each word looks at the others and takes something from each.`,
      lookOf(context),
    ];
  },
  beats: () => 2,
  picture(context, beat) {
    const { groups } = context.reading;
    const word = wordOf(context);
    const big = context.width >= 900 ? 26 : context.width >= 480 ? 20 : 16;
    const size = groups.length > 16 ? 15 : big;
    const flow = flowOf(context, { top: 14, size, below: 66 });
    const box = flow.boxes[word];
    const question = questionOf(groups[word].text);
    const letter = textWidth(question, 17, 600) + 28 > context.width ? 13 : 17;
    const wide = Math.min(textWidth(question, letter, 600) + 28, context.width);
    const middle = box.x + box.width / 2;
    const left = Math.min(Math.max(middle - wide / 2, 0), context.width - wide);
    const y = box.y + box.height;
    const bubble = { x: left + 1, y: y + 18, width: wide - 2, height: 36 };
    const asked = [
      line("question-stem", [middle, y], [middle, y + 18], "ink", { "stroke-width": 1.5 }),
      rect("question-room", bubble, "ground", { rx: 18, stroke: "ink", "stroke-width": 1.5 }),
      text("question", left + wide / 2, y + 36, question, { size: letter, weight: 600, anchor: "middle" }), // prettier-ignore
    ];
    return pictureOf(context, {
      title: `What does ${nameOf(context, word)} mean?`,
      bottom: Math.max(flow.bottom, y + 58),
      marks: [...flow.marks, ...(beat > 0 ? asked : [])],
      caption: `${nameOf(context, word)} is word ${word + 1} of ${groups.length}.`,
      table: () => ({
        columns: ["Word", "Pieces", "Known"],
        rows: groups.map(({ text, pieces }, n) => [
          text,
          pieces.map((piece) => context.reading.encoded.pieces[piece]).join(" "),
          isKnown(context, n) ? "yes" : "no",
        ]),
      }),
    });
  },
};

/** What the model does with the word, without the words that later scenes explain. */
function lookOf(context: SceneContext): string {
  const { groups } = context.reading;
  const word = wordOf(context);
  const name = nameOf(context, word);
  if (groups.length === 1) return "There is only one word, so it can look only at itself.";
  const story = storyOf(context.reading, word);
  const even = percent(evenShare(context.reading, word));
  return story
    ? `In one of the places where this model does so, ${percent(story.weight)} of what ${name} takes comes from ${nameOf(context, story.key)}. If each word gave the same, it would be ${even}.`
    : `Here ${name} ${plainOf(context.reading, word)}: this model takes from no other word much more than evenly (${even}), so there is no story. Choose another word.`;
}
