import { describe, expect, it } from "vitest";
import { pageModel } from "../../apps/explainer/build/pageModel.js";
import { readModelFile, writeModelFile } from "../../apps/explainer/model/modelFile.js";
import { toFloat16 } from "../../apps/explainer/model/toFloat16.js";
import { encodeInputs } from "../../examples/universal-sentence-encoder/encoder.js";
import { attentionWithWeights, fromFloat16 } from "../../src/core.js";
import { readExpected } from "../universal-sentence-encoder/expected.js";

const file = writeModelFile(pageModel());
const { embedding, first, last, vocabulary } = readModelFile(file.buffer as ArrayBuffer);

describe("float16", () => {
  it("every finite number goes there and back", () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, n) => n).filter(
      (n) => (n & 0x7c00) !== 0x7c00,
    );
    expect(toFloat16(fromFloat16(bits))).toEqual(bits);
  });

  it("rounds to the nearest, ties to even, into the next exponent and below the smallest", () => {
    const rounded = (x: number): number => fromFloat16(toFloat16(Float32Array.of(x)))[0];
    expect(rounded(1 + 2 ** -11)).toBe(1);
    expect(rounded(1 + 3 * 2 ** -11)).toBe(1 + 2 ** -9);
    expect(rounded(2 - 2 ** -12)).toBe(2);
    expect(rounded(65519)).toBe(65504);
    expect(rounded(2 ** -25)).toBe(0);
    expect(rounded(2 ** -24)).toBe(2 ** -24);
    expect(Object.is(rounded(-0), -0)).toBe(true);
    expect(() => toFloat16(Float32Array.of(65520))).toThrow(RangeError);
  });
});

describe("the page's copy of the model", () => {
  it("gives weights within 0.0007 of those that TensorFlow.js computed, in every layer and head", () => {
    for (const { ids, attention } of readExpected()) {
      encodeInputs(embedding, [first], last, ids).forEach(({ query, key, value, scale }, layer) => {
        const { weights } = attentionWithWeights(query, key, value, { scale });
        const expected = attention[layer].data;
        weights.data.forEach((weight, at) => {
          expect(Math.abs(weight - expected[at])).toBeLessThan(7e-4);
        });
      });
    }
  });

  it("has the whole vocabulary, and is under 11 MB", () => {
    expect(vocabulary.length).toBe(pageModel().vocabulary.length);
    expect(file.length).toBeLessThan(11e6);
  });

  it("a file that is cut short, in the numbers or in the header, is refused", () => {
    for (const length of [file.length - 100_000, 1000, 8]) {
      const short = file.slice(0, length);
      expect(() => readModelFile(short.buffer)).toThrow("the model file is cut short");
    }
  });

  it("a file that is something else, or of another version, is refused", () => {
    const page = new TextEncoder().encode("<!doctype html><title>404</title>");
    const other = file.slice();
    other[3]++;
    for (const bytes of [page, other, new Uint8Array(0)]) {
      expect(() => readModelFile(bytes.buffer as ArrayBuffer)).toThrow("this is no model file");
    }
  });
});
