import { expect, it } from "vitest";
import { recountAll } from "../../apps/explainer/reading.js";
import { titleOf } from "../../apps/explainer/titleOf.js";
import { encoded, expected } from "./expected.js";

const plain = (title: string): string => title.replaceAll("\u00a0", " ");

it("a title has the pair, the sentence and the page", () => {
  const text = "river bank flooded";
  expect(plain(titleOf({ text, word: 1 }, expected()))).toBe(
    "bank → flooded 39 % · river bank flooded · What the model looks at",
  );
  expect(titleOf({ text, word: 1 })).toBe("river bank flooded · What the model looks at");
  expect(titleOf({ text: " ", word: 1 })).toBe("What the model looks at");
});

it("a long sentence is cut, one from right to left is isolated", () => {
  const text = "النهر فاض على الضفة";
  expect(titleOf({ text, word: 0 })).toBe(`\u2068${text}\u2069 · What the model looks at`);
  expect(titleOf({ text: "bank ".repeat(20), word: 0 })).toBe(
    `${"bank ".repeat(12).trim()}… · What the model looks at`,
  );
});

it("what the vocabulary does not know is known", () => {
  const { pieces, known } = encoded("🏏 bat 👩‍🚀 river");
  expect(pieces.filter((_, n) => !known[n])).toEqual(["🏏", "👩‍🚀"]);
  expect(encoded("river bank flooded").known).toEqual([true, true, true, true]);
});

it("words that are taken out are all of their pieces, and back", () => {
  const flooded = encoded("river bank flooded");
  expect(recountAll(flooded, [0, 2], true)).toEqual([0, 2, 3]);
  expect(recountAll(flooded, [0, 2, 3], false)).toEqual([0, 2]);
  expect(recountAll(flooded, [9], true)).toEqual([]);
});
