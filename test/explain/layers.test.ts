import { expect, test } from "vitest";
import { explain, explainWeights, type TidyRow } from "../../src/explain/index.js";

const x = [[[1], [2]], [[3], [4]], [[5], [6]]]; // prettier-ignore
const tokens = ["a", "b"];

test("records name their layer and their view", () => {
  const all = explain(x, x, x, { tokens, layer: 0, headNames: ["p", "q", "r"] });
  const names = (view: { tidy(): readonly TidyRow[] }) =>
    new Set(view.tidy().map(({ layer, head }) => `${layer} ${head}`));
  expect(names(all.head("q"))).toEqual(new Set(["0 q"]));
  expect(names(all.mean())).toEqual(new Set(["0 mean of 3 heads"]));
  expect(names(all.mean([2, 0]))).toEqual(new Set(["0 mean of r, p"]));
  const word = [{ text: "ab", pieces: [0, 1] }];
  expect(all.mean().words(word).tidy()).toMatchObject([{ layer: 0, head: "mean of 3 heads" }]);
  expect(names(all.head(1).withoutKeys([0]).after)).toEqual(new Set(["0 q"]));
  expect(names(all.withoutKeys([0]))).toEqual(new Set(["0 p", "0 q", "0 r"]));
});

test("an explanation has the records of all heads, one after the other", () => {
  const all = explain(x, x, x, { tokens, causal: true });
  expect(all.tidy()).toEqual([0, 1, 2].flatMap((h) => all.head(h).tidy()));
  const given = explainWeights([[[1, 0], [0, 1]], [[0, 1], [1, 0]]], { tokens, layer: 3 }); // prettier-ignore
  expect(given.tidy().map(({ layer, head }) => `${layer} ${head}`)).toEqual([
    ...new Array<string>(4).fill("3 head 0"),
    ...new Array<string>(4).fill("3 head 1"),
  ]);
});

test("a layer is a label, in records and in JSON where it was given", () => {
  const [first, second] = [1, undefined].map((layer) => explain(x, x, x, { tokens, layer }));
  expect([first.layer, second.layer]).toEqual([1, null]);
  expect(first.toJSON().layer).toBe(1);
  expect(first.withoutKeys([0]).toJSON().layer).toBe(1);
  expect(second.toJSON()).not.toHaveProperty("layer");
  expect(explainWeights([[1]], { tokens: ["a"], layer: null }).tidy()[0].layer).toBeNull();
  expect(first.head(0).matrix()).toEqual(second.head(0).matrix());
});

test("a layer is counted from 0", () => {
  for (const layer of [-1, 0.5, NaN]) {
    expect(() => explain(x, x, x, { tokens, layer })).toThrow(RangeError);
  }
  expect(() => explainWeights([[1]], { tokens: ["a"], layer: "1" as never })).toThrow(
    new TypeError('explainWeights(): options.layer: expected a non-negative integer; got "1".'),
  );
});
