import { explain, wordGroups, type Explanation, type View, type WordGroup } from "qkv/explain";
import { bars, matrix, type Picture } from "qkv/views";
import type { encode as Encode } from "../../examples/universal-sentence-encoder/encoder.js";
import type { readModel } from "../../examples/universal-sentence-encoder/model.js";
import type { Point } from "./plane.js";
import { runLesson } from "./runLesson.js";
import { answer, lookup, weights } from "./vectors.js";

/** A figure of the lesson. */
export interface Figure {
  /** The name of its files and of its place in the page. */
  readonly name: string;
  readonly picture: Picture;
  /** What `<qkv-attention>` needs to show the same, where scripts run. */
  readonly live?: Live;
}

export interface Live {
  readonly view: "bars" | "matrix";
  readonly query: number;
  readonly subtitle: string;
  /** The JSON text inside the element: arguments and options of `explain` or `explainWeights`. */
  readonly data: Readonly<Record<string, unknown>>;
}

type Vectors = readonly Point[];

/** The figures of the lesson, in its order, from what its code computes. */
export async function lessonFigures(): Promise<Figure[]> {
  const { query, keys, products } = await runLesson<{
    query: Point;
    keys: Vectors;
    products: number[];
  }>("A lookup", 0, ["query", "keys", "products"]);
  const { shares } = await runLesson<{ shares: number[] }>("From products to weights", 0, [
    "shares",
  ]);
  const third = await runLesson<{ values: Vectors; first: number; second: number }>(
    "From weights to an answer",
    0,
    ["values", "first", "second"],
  );
  return [
    { name: "lookup", picture: lookup(query, keys, products) },
    { name: "weights", picture: weights(products, shares) },
    { name: "answer", picture: answer(third.values, shares, [third.first, third.second]) },
    await placedFigure("bank", "Words that ask each other", 0),
    await placedFigure("words", "Words that ask each other", 1),
    await placedFigure("causal", "No looking ahead", 0),
    ...(await trainedFigures()),
  ];
}

/** Of the words that are placed by hand. */
async function placedFigure(name: string, heading: string, block: number): Promise<Figure> {
  const { view, tokens, query, key } = await runLesson<{
    view: View;
    tokens: string[];
    query: Vectors;
    key: Vectors;
  }>(heading, block, ["view", "tokens", "query", "key"]);
  const subtitle = "three words, placed by hand";
  // The weights do not depend on the values.
  const data = { tokens, query, key, value: key };
  if (name === "bank") {
    const picture = bars(view, { query: 1, subtitle });
    return { name, picture, live: { view: "bars", query: 1, subtitle, data } };
  }
  const causal = name === "causal";
  const picture = matrix(view, { query: 1, subtitle, badges: causal ? ["causal"] : [] });
  const live: Live = {
    view: "matrix",
    query: 1,
    subtitle: causal ? `${subtitle}, causal` : subtitle,
    data: causal ? { ...data, causal } : data,
  };
  return { name, picture, live };
}

/** What the trained network computes for the sentences of the last section. */
async function trainedFigures(): Promise<Figure[]> {
  const { model, encode } = await runLesson<{
    model: ReturnType<typeof readModel>;
    encode: typeof Encode;
  }>("A trained network", 0, ["model", "encode"]);
  const figure = (name: string, sentence: string, view: "bars" | "matrix"): Figure => {
    const { explanation, words } = readBy(sentence);
    const subtitle = "layer 2, mean of its 4 heads";
    const draw = view === "bars" ? bars : matrix;
    const weights = Array.from(
      { length: explanation.heads },
      (_, head) => explanation.head(head).words(words).matrix().weights,
    );
    const tokens = words.map(({ text }) => text);
    return {
      name,
      picture: draw(explanation.mean().words(words), { query: 1, subtitle }),
      live: { view, query: 1, subtitle: `${sentence} · layer 2`, data: { tokens, weights } },
    };
  };
  return [
    figure("trained", "river bank flooded", "matrix"),
    figure("bat", "the bat hit the ball", "bars"),
  ];

  function readBy(sentence: string): { explanation: Explanation; words: WordGroup[] } {
    const pieces = model.tokenizer(sentence);
    const ids = pieces.map(({ id }) => id);
    const [, { query, key, value, scale }] = encode(model, ids).layers;
    const tokens = pieces.map(({ text }) => text);
    return {
      explanation: explain(query, key, value, { tokens, scale }),
      words: wordGroups(tokens, { marker: "▁" }),
    };
  }
}
