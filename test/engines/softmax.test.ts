import fc from "fast-check";
import { describe, it } from "vitest";
import * as qkv from "../../src/core.js";
import type { FloatArray } from "../../src/tensor/types.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import type { DType } from "../helpers/tensors.js";
import { sizeOf } from "../helpers/tensors.js";
import type { ViewKind } from "../helpers/views.js";
import { viewAs, viewKinds } from "../helpers/views.js";
import { dtypes, randomFloats } from "../attention-hard/make.js";
import { sameOutcome } from "./compare.js";
import { holdsFor } from "./property.js";
import { edges } from "./recipes.js";

interface SoftmaxRecipe {
  readonly dtype: DType;
  readonly seed: number;
  readonly length: number;
  /** The axes before and behind the one that is reduced. */
  readonly before: readonly number[];
  readonly behind: readonly number[];
  readonly kind: ViewKind;
  readonly allow: boolean;
  readonly numbers: "normal" | "large" | "wild" | "ties" | "−Infinity";
}

function softmaxRecipes(dtype: DType): fc.Arbitrary<SoftmaxRecipe> {
  const axes = fc.array(fc.constantFrom(1, 2, 3, 5, 17, 0), { maxLength: 2 });
  return fc.record({
    dtype: fc.constant(dtype),
    seed: fc.nat(0xffffff),
    length: fc.constantFrom(...edges, 1025, 5000),
    ...{ before: axes, behind: axes },
    kind: fc.constantFrom(...viewKinds),
    allow: fc.boolean(),
    numbers: fc.constantFrom("normal", "normal", "large", "wild", "ties", "−Infinity"),
  }) as fc.Arbitrary<SoftmaxRecipe>;
}

function numbersOf({ dtype, numbers }: SoftmaxRecipe, random: Random, shape: number[]) {
  const dense = randomFloats(dtype, random, shape, numbers === "large" ? 300 : 3);
  const huge = dtype === "float32" ? 3e38 : 1.7e308;
  const odd = {
    wild: [NaN, Infinity, -Infinity, huge, -huge, -0],
    "−Infinity": [-Infinity],
  };
  for (let i = 0; i < dense.data.length; i++) {
    if (numbers === "ties") dense.data[i] = random.integer(-2, 2);
    if (numbers === "wild" && random.chance(0.02)) dense.data[i] = random.pick(odd.wild);
    if (numbers === "−Infinity" && random.chance(0.95)) dense.data[i] = -Infinity;
  }
  return dense;
}

function sameSoftmax(recipe: SoftmaxRecipe): void {
  const { dtype, seed, length, before, behind, kind, allow } = recipe;
  const random = new Random(seed);
  let shape = [...before, length, ...behind];
  let axis = before.length;
  if (sizeOf(shape) > 60_000) [shape, axis] = [[length], 0];
  const x = viewAs<FloatArray>(numbersOf(recipe, random, shape), kind, random);
  const allowed = viewAs(
    { data: Uint8Array.from({ length }, () => random.integer(0, 1)), shape: [length] },
    "any",
    random,
  );
  // Along the other axes it repeats.
  const step = [allowed.stride[0], ...shape.slice(axis + 1).map(() => 0)];
  const mask = { ...allowed, shape: [length, ...shape.slice(axis + 1).map(() => 1)], stride: step };
  const results = (engine: qkv.Engine) => ({
    softmax: qkv.softmax(x, { engine, axis, ...(allow ? { allow: mask } : {}) }),
    logSumExp: qkv.logSumExp(x, { engine, axis }),
  });
  const expected = results("portable");
  for (const engine of [...engines, "auto"] as const) {
    sameOutcome(`${dtype} [${shape}] axis ${axis} on ${engine}`, results(engine), expected);
  }
}

describe.each(dtypes)("softmax and logSumExp in %s", (dtype) => {
  it("random rows: every engine gives the same bits", () => {
    holdsFor(softmaxRecipes(dtype), 150, sameSoftmax);
  });

  it.each([65536, 65537, 131_139])(
    "a row of %i scores, which the kernels read in pieces",
    (length) => {
      const row = { dtype, length, seed: length, before: [], behind: [], kind: "any" } as const;
      for (const allow of [false, true]) sameSoftmax({ ...row, allow, numbers: "normal" });
    },
  );
});
