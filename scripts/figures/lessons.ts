import { explain, wordGroups, type WeightsView } from "qkv/explain";
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
  const view = async (heading: string, block: number): Promise<WeightsView> =>
    (await runLesson<{ view: WeightsView }>(heading, block, ["view"])).view;
  const placed = "three words, placed by hand";
  return [
    { name: "lookup", picture: lookup(query, keys, products) },
    { name: "weights", picture: weights(products, shares) },
    { name: "answer", picture: answer(third.values, shares, [third.first, third.second]) },
    {
      name: "bank",
      picture: bars(await view("Words that ask each other", 0), { query: 1, subtitle: placed }),
    },
    {
      name: "words",
      picture: matrix(await view("Words that ask each other", 1), { subtitle: placed }),
    },
    {
      name: "causal",
      picture: matrix(await view("No looking ahead", 0), { subtitle: placed, badges: ["causal"] }),
    },
    ...(await trainedFigures()),
  ];
}

/** What the trained network computes for the sentences of the last section. */
async function trainedFigures(): Promise<Figure[]> {
  const { model, encode } = await runLesson<{
    model: ReturnType<typeof readModel>;
    encode: typeof Encode;
  }>("A trained network", 0, ["model", "encode"]);
  const subtitle = "layer 2, mean of its 4 heads";
  return [
    { name: "trained", picture: matrix(readBy("river bank flooded"), { query: 1, subtitle }) },
    { name: "bat", picture: bars(readBy("the bat hit the ball"), { query: 1, subtitle }) },
  ];

  function readBy(sentence: string): WeightsView {
    const pieces = model.tokenizer(sentence);
    const [, { query, key, value, scale }] = encode(
      model,
      pieces.map(({ id }) => id),
    ).layers;
    const tokens = pieces.map(({ text }) => text);
    const words = wordGroups(tokens, { marker: "▁" });
    return explain(query, key, value, { tokens, scale }).mean().words(words);
  }
}
