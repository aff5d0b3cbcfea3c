import { describe, expect, it } from "vitest";
import * as qkv from "../../src/core.js";
import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import { bitsOf } from "../helpers/bits.js";
import { toCall } from "../helpers/problem.js";
import { randomProblem } from "../attention-hard/make.js";
import type { Library } from "./compare.js";
import { outcome, sameAttention, sameOutcome } from "./compare.js";

// What proves that engines agree has to notice when they do not.

const of = (...bits: number[]) => ({
  x: {
    data: new Float32Array(Uint32Array.from(bits).buffer),
    ...{ shape: [bits.length], stride: [1], offset: 0 },
  },
});

describe("the comparison of engines", () => {
  it("notices one bit, the sign of zero, a NaN with other bits, and another shape", () => {
    expect(() => sameOutcome("x", of(1, 0x3f800000), of(1, 0x3f800000))).not.toThrow();
    expect(() => sameOutcome("x", of(1, 0x3f800000), of(1, 0x3f800001))).toThrow(/element 1 of/);
    expect(() => sameOutcome("x", of(0), of(0x80000000))).toThrow(/-0/);
    expect(() => sameOutcome("x", of(0x7fc00000), of(0x7fc00001))).toThrow(/element 0/);
    expect(() => sameOutcome("x", of(0x7fc00001), of(0x7fc00001))).toThrow(/NaN/);
    expect(() => sameOutcome("x", of(1), of(1, 1))).toThrow(/shape/);
  });

  it("notices an error on one side, and lets no other error pass", () => {
    expect(() => sameOutcome("x", "empty", of(1))).toThrow(/expected results/);
    expect(() => sameOutcome("x", "row 1", "row 2")).toThrow(/row 1, expected row 2/);
    const broken = () => {
      throw new TypeError("not an empty row");
    };
    expect(() => outcome(broken)).toThrow(TypeError);
  });

  // One bit of one element, in one function of one engine.
  const functions = ["attention", "attentionWithWeights", "attentionWithLse"] as const;
  it.each(functions)("notices an engine whose %s is wrong in one bit", (name) => {
    const call = toCall(randomProblem("float32", 1, { L: 3, S: 9 }));
    const flip = (tensor: TensorView<FloatArray>): void => {
      bitsOf(tensor.data)[tensor.data.length - 1] = 0x3f800001;
    };
    const wrong = {
      ...qkv,
      [name]: (...given: Parameters<Library["attention"]>) => {
        const attend: (
          ...given: Parameters<Library["attention"]>
        ) => ReturnType<Library[typeof name]> = qkv[name];
        const result = attend(...given);
        if (given[3]?.engine === "portable") flip("data" in result ? result : result.output);
        return result;
      },
    } as Library;
    expect(() => sameAttention("random", call, "portable")).not.toThrow();
    expect(() => sameAttention("random", call, "portable", { library: wrong })).toThrow(name);
  });
});
