import { describe, expect, it } from "vitest";
import { readVocabulary } from "../../examples/universal-sentence-encoder/model.js";
import { createTokenizer } from "../../examples/universal-sentence-encoder/tokenizer.js";
import { wordGroups } from "../../src/explain/index.js";
import { readExpected } from "./expected.js";

const tokenize = createTokenizer(readVocabulary());
const pieces = (sentence: string) => tokenize(sentence).map(({ piece }) => piece);

describe("the tokenizer", () => {
  it.each(readExpected())("cuts like the model's own: $text", ({ text, ids, pieces }) => {
    const tokens = tokenize(text);
    expect(tokens.map(({ id }) => id)).toEqual(ids);
    expect(tokens.map(({ piece }) => piece)).toEqual(pieces);
  });

  // Ids of the model's own tokenizer where the vocabulary is incomplete.
  it.each([
    [":30 at 12:30", [30, 4177, 38, 575, 4177]],
    ["see: http://x.org :)", [158, 57, 290, 255, 152, 6, 1649, 658]],
    ["🙂🙂 river 漢字 bank", [30, 0, 5033, 30, 0, 1191]],
  ])("keeps to the model's own in %s", (sentence, ids) => {
    expect(tokenize(sentence).map(({ id }) => id)).toEqual(ids);
  });

  it("makes one token of neighbouring unknown characters, and keeps their text", () => {
    expect(pieces("a😀漢b")).toEqual(["▁a", "�", "b"]);
    expect(tokenize("a😀漢b")[1]).toEqual({ id: 0, piece: "�", text: "😀漢" });
  });

  it("normalizes to NFKC: a ligature, full width, a composed accent, a no-break space", () => {
    expect(pieces("ﬁsh")).toEqual(pieces("fish"));
    expect(pieces("ｂａｎｋ")).toEqual(["▁bank"]);
    expect(pieces("cafe\u0301")).toEqual(pieces("café"));
    expect(pieces("river\u00a0bank")).toEqual(["▁river", "▁bank"]);
  });

  it("loses no text", () => {
    for (const { text } of readExpected()) {
      const joined = tokenize(text)
        .map((token) => token.text)
        .join("");
      expect(joined).toBe(`▁${text.normalize("NFKC").replaceAll(" ", "▁")}`);
    }
    expect(tokenize("")).toEqual([]);
  });

  it("takes the cut with the highest sum of scores, not the longest pieces", () => {
    const reserved = Array.from({ length: 6 }, (_, i) => [`<${i}>`, 0] as const);
    const letters = [..."▁abc"].map((letter) => [letter, -3] as const);
    const cut = createTokenizer([...reserved, ...letters, ["▁ab", -8], ["bc", -1]]);
    expect(cut("abc").map(({ piece }) => piece)).toEqual(["▁", "a", "bc"]);
  });

  it("gives pieces that join to the words of the sentence, unknown ones too", () => {
    const texts = tokenize("she flooded 🙂 caves").map(({ text }) => text);
    const words = wordGroups(texts, { marker: "▁" });
    expect(words.map(({ text }) => text)).toEqual(["she", "flooded", "🙂", "caves"]);
  });
});
