import fc from "fast-check";
import { expect, it } from "vitest";
import { fromHash, initial, toHash, viewNames, type State } from "../../apps/explainer/state.js";

const states: fc.Arbitrary<State> = fc.record({
  text: fc.string({ unit: "grapheme" }),
  word: fc.nat(127),
  key: fc.nat(127),
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
  const hash = "#text=a&word=0&key=x&layer=3&head=9&view=pie&temperature=1e9&causal=maybe";
  expect(fromHash(hash)).toEqual({ ...initial, text: "a" });
  expect(fromHash("")).toEqual(initial);
  expect(toHash(initial)).toBe("#text=river+bank+flooded");
});
