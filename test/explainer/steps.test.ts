import { describe, expect, it } from "vitest";
import { steps } from "../../apps/explainer/pictures/steps.js";
import { faultsOf } from "../views/insideOf.js";
import { pairOf, pictured } from "./pictured.js";

interface Data {
  readonly layer: number;
  readonly head: number;
  readonly query: number;
  readonly key: number;
  readonly q: readonly number[];
  readonly k: readonly number[];
  readonly v: readonly number[];
  readonly scale: number;
  readonly raw: number;
  readonly score: number;
  readonly weight: number;
  readonly contribution: readonly number[];
}
const dataOf = (picture: { data?(): unknown }): Data =>
  JSON.parse(JSON.stringify(picture.data!())) as Data;
const long = "the-animal-did-not-cross-the-street-because-it-was-too-tired";

describe("the page's steps", () => {
  it.each([
    ["one head", { head: 2 }],
    ["the mean", {}],
    ["the first layer, of another temperature", { layer: 0, temperature: 2 }],
  ])("its numbers follow from each other: %s", (_, state) => {
    const pair = pairOf(long, { word: 8, ...state });
    const { layer, head, query, key, q, k, v, scale, raw, score, weight, contribution } = dataOf(
      pictured(steps, pair),
    );
    expect(q.reduce((sum, x, d) => sum + x * k[d], 0)).toBeCloseTo(raw, 3);
    expect(raw * scale).toBeCloseTo(score, 4);
    expect(v.map((x) => x * weight)).toEqual(
      contribution.map((x) => expect.closeTo(x, 5) as number),
    );
    const row = pair.reading.layers[layer].head(head).row(query);
    expect(row.weights[key]).toBe(weight);
    expect(score - row.lse).toBeCloseTo(Math.log(weight), 4);
  });

  it("of a mean it is the head that gives the pair most, and says what each gives", () => {
    const pair = pairOf("river-bank-flooded", { key: 2 });
    const picture = pictured(steps, pair);
    const { head, query, key, weight } = dataOf(picture);
    const { explanation } = pair.reading;
    const each = explanation.headNames.map(
      (name) => explanation.head(name).row(query).weights[key],
    );
    expect(weight).toBe(Math.max(...each));
    expect(each[head]).toBe(weight);
    expect(picture.caption.replaceAll("\u00a0", " ")).toContain(
      "This is head 3, which gives the most: the heads give 15 %, 12 %, 41 %, 11 %, their mean is 20 %.",
    );
    expect(picture.caption).toContain("Of “flooded” it is the piece “flood”.");
  });

  it("says in its subtitle which head it is, and is no mean", () => {
    const { reading, ...rest } = pairOf("river-bank-flooded");
    const about = {
      width: 640,
      subtitle: `river bank flooded · ${reading.where}`,
      badges: ["mean of 4 heads, which the model never forms", "temperature 2"],
    };
    const { subtitle, badges } = steps({ reading, ...rest }, about);
    expect(subtitle).toBe("river bank flooded · layer 2, head 3");
    expect(badges).toEqual(["temperature 2"]);
  });

  it("takes the key that a reader chose, or else the strongest beside the word itself", () => {
    const keyOf = (key?: number): number =>
      dataOf(pictured(steps, pairOf(long, { word: 8, head: 2, key }))).key;
    const { reading } = pairOf(long, { word: 8, head: 2 });
    const strongest = reading.words.row(8).keys.find(({ keyIndex }) => keyIndex !== 8)!;
    expect(reading.groups[strongest.keyIndex].pieces).toContain(keyOf());
    expect(reading.groups[3].pieces).toContain(keyOf(3));
  });

  it("a blocked pair is said, and is 0 in every head", () => {
    const picture = pictured(
      steps,
      pairOf("river-bank-flooded", { causal: true, word: 0, key: 2 }),
    );
    expect(picture.title).toMatch(/: blocked$/);
    expect(picture.caption).toContain("It is 0 in every head.");
  });

  it.each([320, 640, 1100])("lies within its edges at %i pixels", (width) => {
    expect(faultsOf(pictured(steps, pairOf(long, { word: 8 }, { width })))).toEqual([]);
  });
});
