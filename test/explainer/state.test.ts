import fc from "fast-check";
import { expect, it } from "vitest";
import { sceneIds } from "../../apps/explainer/scenes/ids.js";
import { fromHash, initial, toHash, viewNames, type State } from "../../apps/explainer/state.js";

const states: fc.Arbitrary<State> = fc.record({
  scene: fc.option(fc.constantFrom(...sceneIds), { nil: undefined }),
  text: fc.string({ unit: "grapheme" }),
  against: fc.string({ unit: "grapheme" }),
  word: fc.nat(127),
  key: fc.nat(127),
  without: fc.uniqueArray(fc.nat(127)).map((positions) => positions.sort((a, b) => a - b)),
  layer: fc.nat(1),
  head: fc.oneof(fc.nat(3), fc.constant("mean" as const)),
  view: fc.constantFrom(...viewNames),
  pieces: fc.boolean(),
  temperature: fc.integer({ min: 1, max: 40 }).map((n) => n / 10),
  causal: fc.boolean(),
});

it("an address restores every state", () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(fromHash(toHash(state))).toEqual(state);
    }),
  );
});

it("what an address says wrongly is as at first", () => {
  const hash =
    "#scene=credits&text=a&word=0&key=x&layer=3&head=9&view=pie&temperature=1e9&causal=maybe&without=x 0";
  expect(fromHash(hash)).toEqual({ ...initial, scene: undefined, text: "a" });
  expect(fromHash("#text=a&without=3 1.5 2 3 -1").without).toEqual([1, 2]);
});

it("a first visit begins the story; an address without a scene is free play", () => {
  expect(["", "#"].map(fromHash)).toEqual([initial, initial]);
  expect(toHash(initial)).toBe("#scene=sentence&text=river+bank+flooded");
  expect(fromHash("#text=river+bank+flooded")).toEqual({ ...initial, scene: undefined });
  expect(toHash({ ...initial, scene: undefined, without: [0, 2] })).toBe(
    "#text=river+bank+flooded&without=1+3",
  );
});
