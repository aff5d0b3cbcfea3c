import { describe, expect, it } from "vitest";
import type { VectorCase, VectorTensor } from "../helpers/vectors.js";
import { compareOutputs, expectKnown } from "../helpers/vectors.js";

// The comparer is what every case rests on, so it is tested for what it must refuse.

const numbers = (name: string, data: (number | string)[], shape = [data.length]): VectorTensor => ({
  ...{ name, dtype: "float32", shape, data },
});

function vector(outputs: VectorTensor[], more: Partial<VectorCase> = {}): VectorCase {
  return {
    ...{ name: "case", family: "family", op: "", domain: "", opset: null, covers: "" },
    attributes: {},
    inputs: [numbers("x", [1])],
    outputs,
    ...more,
  };
}

const got = (data: number[], shape = [data.length]) => ({ y: { data, shape } });

describe("compareOutputs", () => {
  const plain = vector([numbers("y", [1, -4, 0.5])]);

  it("measures against max(|expected|, largest of the tensor)", () => {
    expect(compareOutputs(plain, got([1, -4, 0.5]))).toBe(0);
    expect(compareOutputs(plain, got([1 + 3.9e-5, -4, 0.5]))).toBeCloseTo(0.975, 3);
    expect(() => compareOutputs(plain, got([1 + 4.1e-5, -4, 0.5]))).toThrow(/expected 1 /);
  });

  it("takes the tolerance of the least precise input", () => {
    const half = vector([numbers("y", [1])], {
      inputs: [numbers("x", [1]), { ...numbers("h", [1]), dtype: "float16" }],
    });
    expect(compareOutputs(half, got([1.0019]))).toBeLessThan(1);
    expect(() => compareOutputs(half, got([1.0021]))).toThrow();
  });

  it("takes the tolerance field where there is one, and its own for the lse", () => {
    const hard = vector([numbers("y", [100])], {
      tolerance: { rel: 1e-3, abs: 0.5, lse: { rel: 0, abs: 1 } },
    });
    expect(compareOutputs(hard, got([100.59]))).toBeCloseTo(0.983, 3);
    expect(() => compareOutputs(hard, got([100.61]))).toThrow();
    const lse = { ...hard, outputs: [numbers("lse", [3])] };
    expect(compareOutputs(lse, { lse: { data: [3.9], shape: [1] } })).toBeLessThan(1);
    expect(() => compareOutputs(lse, { lse: { data: [4.1], shape: [1] } })).toThrow();
  });

  it("refuses NaN, infinities and wrong numbers", () => {
    for (const wrong of [NaN, Infinity, -Infinity, 2]) {
      expect(() => compareOutputs(plain, got([wrong, -4, 0.5]))).toThrow();
    }
  });

  it("wants non-finite values exactly", () => {
    const odd = vector([numbers("y", ["NaN", "Infinity", "-Infinity", 1])]);
    expect(compareOutputs(odd, got([NaN, Infinity, -Infinity, 1]))).toBe(0);
    for (const wrong of [
      [0, Infinity, -Infinity, 1],
      [NaN, 3.4e38, -Infinity, 1],
      [NaN, -Infinity, -Infinity, 1],
      [NaN, Infinity, -3.4e38, 1],
    ]) {
      expect(() => compareOutputs(odd, got(wrong))).toThrow();
    }
  });

  it("wants rows that the masking rule makes zero to be zero exactly", () => {
    const rows = vector([numbers("y", [1, 2, 0, 0], [2, 2])]);
    expect(compareOutputs(rows, got([1, 2, 0, -0], [2, 2]))).toBe(0);
    expect(() => compareOutputs(rows, got([1, 2, 1e-30, 0], [2, 2]))).toThrow();
  });

  it("lets the lse say which rows those are, where the case has it", () => {
    const lse = (...values: (number | string)[]) =>
      vector([numbers("y", [1, 0], [2, 1]), numbers("lse", values)], {
        tolerance: { rel: 0, abs: 1e-6 },
      });
    const outputs = (y: number, ...values: number[]) => ({
      y: { data: [1, y], shape: [2, 1] },
      lse: { data: values, shape: [2] },
    });
    expect(compareOutputs(lse(0, 0), outputs(1e-7, 1e-7, 1e-7))).toBeLessThan(1);
    expect(compareOutputs(lse(0, "-Infinity"), outputs(0, 0, -Infinity))).toBe(0);
    expect(() => compareOutputs(lse(0, "-Infinity"), outputs(1e-7, 0, -Infinity))).toThrow();
  });

  it("refuses another shape, a missing output, and a case without outputs", () => {
    expect(() => compareOutputs(plain, got([1, -4, 0.5], [3, 1]))).toThrow(/shape/);
    expect(() => compareOutputs(plain, {})).toThrow(/no such output/);
    expect(() => compareOutputs(vector([]), {})).toThrow(/nothing to compare/);
  });
});

describe("expectKnown", () => {
  it("fails for attributes, inputs and outputs that no adapter was written for", () => {
    const known = { attributes: ["axis"], inputs: ["x"], outputs: ["y"] };
    const fine = vector([numbers("y", [1])], { attributes: { axis: 0 } });
    expect(() => expectKnown(fine, known)).not.toThrow();
    expect(() => expectKnown({ ...fine, attributes: { axes: 0 } }, known)).toThrow(/axes/);
    expect(() => expectKnown({ ...fine, inputs: [numbers("q", [1])] }, known)).toThrow(/q/);
    expect(() => expectKnown({ ...fine, outputs: [numbers("z", [1])] }, known)).toThrow(/z/);
  });
});
