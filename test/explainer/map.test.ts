import { describe, expect, it } from "vitest";
import { tensor } from "qkv/core";
import type { Encoded, EncodedLayer } from "../../apps/explainer/model/messages.js";
import { map } from "../../apps/explainer/pictures/map.js";
import type { Pair } from "../../apps/explainer/pictures/types.js";
import { readingOf } from "../../apps/explainer/reading.js";
import { initial, type State } from "../../apps/explainer/state.js";
import { allMarks, faultsOf, markOf } from "../views/insideOf.js";

const pieces = ["▁river", "▁bank", "▁flood", "ed"];

/** Two layers of four heads, with numbers that differ from place to place. */
const layer = (from: number): EncodedLayer => {
  const of = (shift: number, size: number) =>
    tensor(
      [0, 1, 2, 3].map((h) =>
        pieces.map((_, i) =>
          Array.from({ length: size }, (_, d) => ((h * 5 + i * 7 + d * 3 + shift + i * d) % 9) / 4 - 1),
        ),
      ),
    ); // prettier-ignore
  const [query, key, value] = [of(from, 6), of(from + 2, 6), of(from + 4, 3)];
  return { query, key, value, scale: 0.4 } as unknown as EncodedLayer;
};
const encoded: Encoded = {
  pieces,
  known: pieces.map(() => true),
  cut: 0,
  layers: [layer(0), layer(3)],
};

const pairOf = (more: Partial<State> = {}, settings: Pair["settings"] = {}): Pair => {
  const state: State = { ...initial, text: "river bank flooded", view: "map", ...more };
  return { reading: readingOf(encoded, state), state, width: 640, settings, other: undefined };
};
const about = { width: 640, subtitle: "", badges: ["mean of 4 heads, which no model forms"] };
const draw = (...args: Parameters<typeof pairOf>) => map(pairOf(...args), about);

interface Data {
  head: number;
  query: number;
  moved: number[];
  axes: number[][];
  queries: { text: string; vector: number[] }[];
  keys: { at: number[]; vector: number[]; weight: number; score: number }[];
}
const dataOf = (picture: ReturnType<typeof draw>): Data =>
  JSON.parse(JSON.stringify(picture.data!())) as Data;

describe("the map of the page", () => {
  it("shows the head that was chosen, with the weights of attention", () => {
    const pair = pairOf({ head: 2, word: 1, causal: true, temperature: 2, without: [0] });
    const picture = map(pair, { ...about, badges: ["causal"] });
    expect(picture.subtitle).toBe("river bank flooded · layer 2, head 3");
    expect(picture.badges).toEqual(["causal"]);
    const { head, query, keys } = dataOf(picture);
    expect([head, query]).toEqual([2, 1]);
    const row = pair.reading.explanation.head(2).row(1);
    expect(keys.map(({ weight }) => weight)).toEqual([...row.weights]);
    expect(faultsOf(picture)).toEqual([]);
  });

  it("of a mean it is the head with the largest weight, and says so", () => {
    const pair = pairOf({ head: "mean", word: 0 });
    const most = [0, 1, 2, 3].map((h) =>
      Math.max(...pair.reading.explanation.head(h).row(0).weights),
    );
    const picture = map(pair, about);
    const { head } = dataOf(picture);
    expect(most[head]).toBe(Math.max(...most));
    expect(picture.badges).toEqual([
      `head ${head + 1}: of all heads the largest weight of “river”`,
    ]);
  });

  it("of a word of several pieces it shows one, and marks stand for words", () => {
    const picture = draw({ word: 2, key: 2, head: 0 });
    expect(picture.badges).toContain("of “flooded” the piece “flood”");
    expect(markOf(picture, "query-head").target).toEqual({ query: 2 });
    expect(markOf(picture, "row-3").target).toEqual({ query: 2, key: 2 });
    expect(markOf(picture, "bar-3").attributes["fill"]).toBe("word-2");
    const inPieces = draw({ word: 2, key: 3, head: 0, pieces: true });
    expect(markOf(inPieces, "row-3").target).toEqual({ query: 2, key: 3 });
    expect(markOf(inPieces, "name-3").text).toBe("ed");
    expect(markOf(inPieces, "name-2").text).toBe("▁flood");
  });

  it("a drag moves the query of the next picture, and drags add up", () => {
    const by = [14, -6] as const;
    const first = draw({ head: 1 });
    const settings = first.drag!(pairOf({ head: 1 }), {}, by)!;
    const second = draw({ head: 1 }, settings);
    expect(second.badges).toContain("query moved by hand");
    const { moved, axes, queries } = dataOf(second);
    expect(moved).toEqual([settings["mapX"], settings["mapY"]]);
    dataOf(first).queries[1].vector.forEach((q, d) =>
      expect(queries[1].vector[d]).toBeCloseTo(
        q + moved[0] * axes[0][d] + moved[1] * axes[1][d],
        12,
      ),
    );
    const third = second.drag!(pairOf({ head: 1 }), {}, [-2 * by[0], -2 * by[1]])!;
    expect(third["mapX"]).toBeCloseTo(-moved[0], 10);
    expect(third["mapY"]).toBeCloseTo(-moved[1], 10);
  });

  it("a move is that of one query in one head", () => {
    const settings = draw({ head: 1 }).drag!(pairOf({ head: 1 }), {}, [14, -6])!;
    for (const more of [{ head: 2 }, { head: 1, word: 0 }, { head: 1, layer: 0 }] as const)
      expect(dataOf(draw(more, settings)).moved).toEqual([0, 0]);
    const causal = draw({ head: 1, causal: true }, settings);
    expect(dataOf(causal).moved).not.toEqual([0, 0]);
    expect(allMarks(causal).some(({ id }) => id === "query-home")).toBe(true);
  });
});
