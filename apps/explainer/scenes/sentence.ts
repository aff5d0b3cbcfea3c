import { askedOf, wordOf, wordRow } from "./parts/attention.js";
import { flowOf, largestOf, type Flow } from "./parts/flow.js";
import { looksLines, strongest } from "./parts/looksLines.js";
import { line, percent, rect, text, textWidth, type Box, type Mark } from "../marks.js";
import { isKnown } from "./parts/chip.js";
import { pictureOf, nameOf } from "./parts/picture.js";
import { questionOf } from "./parts/questions.js";
import { wrap } from "./parts/wrap.js";
import { evenShare, plainOf, storyOf } from "./parts/story.js";
import type { Scene, SceneContext } from "./types.js";

/** A word alone, that its neighbours make clear. */
export const sentence: Scene = {
  title: "A word alone",
  text(context) {
    const { groups } = context.reading;
    const name = nameOf(context, wordOf(context));
    if (groups.length === 1) return [`Here ${name} stands alone: nothing around it says what it means.`, "Type a sentence with more words."]; // prettier-ignore
    return [
      `You read ${name} and know at once what is meant, because you read the words around it, too.`,
      `A computer has to learn that. **Attention** is how: each word looks at the others and takes something from each.`,
      lookOf(context),
    ];
  },
  beats: (context) => (context.reading.groups.length > 1 ? 3 : 2),
  picture(context, beat) {
    const { width } = context;
    const { groups } = context.reading;
    const word = wordOf(context);
    const size = largestOf(context, width >= 720 ? 38 : 30);
    const question = bubbleOf(questionOf(groups[word].text) ?? "What do I mean here?", width);
    const flowFrom = (top: number): Flow => flowOf(context, { top, size, below: question.height + 26, between: 22 }); // prettier-ignore
    const inFirst = flowFrom(0).boxes[word].y === 0;
    const above = beat > 1 && inFirst ? Math.min(150, width * 0.3) : 14;
    const flow = flowFrom(above);
    const weights = rowOf(context);
    const name = nameOf(context, word);
    return pictureOf(context, {
      title: beat > 1 ? `What ${name} looks at` : `What does ${name} mean?`,
      bottom: Math.max(flow.bottom, flow.boxes[word].y + flow.boxes[word].height + question.height + 22), // prettier-ignore
      marks: [
        ...(beat > 1 ? looksLines(flow.boxes, word, weights, inFirst ? above : 80) : []),
        ...flow.marks,
        ...(beat > 0 ? question.marksAt(flow.boxes[word]) : []),
      ],
      caption: beat > 1 ? linesOf(context, weights) : `${name} is word ${word + 1} of ${groups.length}.`, // prettier-ignore
      table: () => ({
        columns: ["Word", "Pieces", "Known", `What ${name} takes from it`],
        rows: groups.map(({ text, pieces }, n) => [
          text,
          pieces.map((piece) => context.reading.encoded.pieces[piece]).join(" "),
          isKnown(context, n) ? "yes" : "no",
          percent(weights[n]),
        ]),
      }),
    });
  },
};

/** The row of the head that tells the word's story. */
function rowOf(context: SceneContext): number[] {
  const { layer, head, word } = askedOf(context);
  return wordRow(context, layer, head, word);
}

/** A question in a bubble, in as many lines as it needs. System fonts may be wider than the estimate. */
function bubbleOf(question: string, width: number) {
  const letter = width >= 720 ? 20 : width >= 480 ? 17 : 15;
  const lines = wrap(question, (width - 34) / 1.15, letter, 600);
  const widest = Math.max(...lines.map((it) => textWidth(it, letter, 600)));
  const wide = Math.min(widest * 1.15 + 32, width - 2);
  const height = lines.length * letter * 1.4 + 14;
  const marksAt = ({ x, y, width: own, height: high }: Box): Mark[] => {
    const middle = x + own / 2;
    const left = Math.min(Math.max(middle - wide / 2, 1), width - 1 - wide);
    const [foot, top] = [y + high, y + high + 18];
    const style = { size: letter, weight: 600, anchor: "middle" } as const;
    return [
      line("question-stem", [middle, foot], [middle, top], "ink", { "stroke-width": 1.5 }),
      rect("question-room", { x: left, y: top, width: wide, height }, "ground", { rx: 18, stroke: "ink", "stroke-width": 1.5 }), // prettier-ignore
      ...lines.map((it, n) => text(`question-${n}`, left + wide / 2, top + 7 + letter * 1.4 * (n + 0.5), it, style)), // prettier-ignore
    ];
  };
  return { height, marksAt };
}

/** What the lines mean. */
function linesOf(context: SceneContext, weights: readonly number[]): string {
  const word = wordOf(context);
  const drawn = strongest(weights, word);
  const more = weights.filter((weight, j) => j !== word && weight > 0).length - drawn.length;
  const rest = more > 0 ? ` Only the ${drawn.length} thickest lines are drawn.` : "";
  if (drawn.length === 0) return `No line: ${nameOf(context, word)} looks only at itself.`;
  return `The thicker a line, the more ${nameOf(context, word)} takes from that word. It takes ${percent(weights[word])} from itself, which has no line.${rest}`;
}

/** What the model does with the word, without the words that later scenes explain. */
function lookOf(context: SceneContext): string {
  const word = wordOf(context);
  const name = nameOf(context, word);
  const story = storyOf(context.reading, word);
  const looks = context.reading.heads[context.state.layer].length;
  const even = percent(evenShare(context.reading, word));
  return story
    ? `The model does not answer in words. It looks, ${looks} times at once. In the clearest of these looks, the one that is drawn, ${percent(story.weight)} of what ${name} takes comes from ${nameOf(context, story.key)}. If all words gave the same, it would be ${even}. How does it come to that?`
    : `Here ${name} ${plainOf(context.reading, word)}; if all words gave the same, it would be ${even} each. So this model has no story to tell of it. Choose another word.`;
}
