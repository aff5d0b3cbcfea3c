import { describe, expect, it } from "vitest";
import { blend } from "../../apps/explainer/pictures/blend.js";
import { faultsOf, markOf } from "../views/insideOf.js";
import { pairOf, pictured } from "./pictured.js";

interface Data {
  readonly query: number;
  readonly piece: number;
  readonly keys: readonly { readonly weight: number; readonly share?: number }[];
  readonly next?: { readonly residual: number; readonly bias: number; readonly attention: number };
  readonly vectors: readonly {
    readonly query: readonly number[];
    readonly value: readonly number[];
  }[];
}
const sentence = "the-animal-did-not-cross-the-street-because-it-was-too-tired";
const dataOf = (picture: { data?(): unknown }): Data =>
  JSON.parse(JSON.stringify(picture.data!())) as Data;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe("the page's blend", () => {
  it.each([
    ["as the model has it", {}],
    ["causal", { causal: true }],
    ["of another temperature, in pieces", { temperature: 2.5, pieces: true }],
    ["without words", { without: [1, 6] }],
  ])("shares and the next state sum to 1: %s", (_, state) => {
    const { keys, next, vectors } = dataOf(
      pictured(blend, pairOf(sentence, { word: 8, ...state })),
    );
    expect(sum(keys.map(({ weight }) => weight))).toBeCloseTo(1, 5);
    expect(sum(keys.map(({ share }) => share!))).toBeCloseTo(1, 6);
    expect(next!.residual + next!.bias + next!.attention).toBeCloseTo(1, 6);
    expect(vectors.map(({ query }) => query.length)).toEqual([128, 128, 128, 128]);
  });

  it("one head has no sum of its own, and says so", () => {
    const picture = pictured(blend, pairOf(sentence, { word: 8, head: 2 }));
    const { next, vectors } = dataOf(picture);
    expect([next, vectors.length]).toEqual([undefined, 1]);
    expect(picture.caption).toContain("choose the mean");
  });

  it("weights that were dragged in one head have shares of their own: of the same weights the same", () => {
    const pair = pairOf(sentence, { word: 8, head: 1 });
    const before = pictured(blend, pair);
    const { keys } = dataOf(before);
    const drag = (by: number): ReturnType<typeof dataOf>["keys"] => {
      const settings = before.drag!(pair, { query: 8, key: 2 }, [by, 0])!;
      return dataOf(pictured(blend, { ...pair, settings })).keys;
    };
    drag(1e-6).forEach(({ share }, j) => expect(share).toBeCloseTo(keys[j].share!, 5));
    const after = drag(128);
    expect(sum(after.map(({ share }) => share!))).toBeCloseTo(1, 10);
    expect(after[2].share).toBeGreaterThan(keys[2].share!);
    const all = drag(9999);
    expect(all[2].share).toBeCloseTo(1, 10);
  });

  it("a dragged weight is set, the others scale, and a badge says so", () => {
    const pair = pairOf("river-bank-flooded");
    const before = pictured(blend, pair);
    const [first, second] = dataOf(before).keys.map(({ weight }) => weight);
    const settings = before.drag!(pair, { query: 1, key: 0 }, [64, 0])!;
    const moved = { ...pair, settings };
    const picture = pictured(blend, moved);
    const { keys } = dataOf(picture);
    expect(keys[0].weight).toBeCloseTo(first + 0.1, 6);
    expect(keys[1].weight / second).toBeCloseTo((1 - first - 0.1) / (1 - first), 5);
    expect(sum(keys.map(({ weight }) => weight))).toBeCloseTo(1, 6);
    expect(picture.badges).toEqual(["weights changed by hand"]);
    expect(before.badges).toEqual([]);
    expect(keys[0].share).toBeUndefined();
    expect(picture.caption).toContain("only their mean was changed");
    // Another drag begins where this one ended.
    const again = { ...settings, ...picture.drag!(moved, { query: 1, key: 1 }, [-64, 0]) };
    const last = dataOf(pictured(blend, { ...pair, settings: again })).keys;
    expect(last[1].weight).toBeCloseTo(keys[1].weight - 0.1, 6);
    // It is of this row alone.
    expect(pictured(blend, pairOf("river-bank-flooded", { word: 0 }, { settings })).badges).toEqual(
      [],
    );
  });

  it("blocked keys get nothing by a drag", () => {
    const pair = pairOf("river-bank-flooded", { causal: true, word: 0 });
    const { drag } = pictured(blend, pair);
    const settings = drag!(pair, { query: 0, key: 0 }, [-300, 0])!;
    expect(Object.values(settings)).toEqual([1, 0, 0]);
  });

  it.each([320, 640, 1100])("lies within its edges at %i pixels", (width) => {
    const picture = pictured(blend, pairOf(sentence, { word: 3 }, { width }));
    expect(faultsOf(picture)).toEqual([]);
    expect(markOf(picture, "handle-0").draggable).toBe(true);
  });
});
