import fc from "fast-check";
import { describe, it } from "vitest";
import * as qkv from "../../src/core.js";
import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import type { Dense, DType } from "../helpers/tensors.js";
import { sizeOf, swapAxes } from "../helpers/tensors.js";
import type { ViewKind } from "../helpers/views.js";
import { viewAs, viewKinds } from "../helpers/views.js";
import { dtypes, randomFloats } from "../attention-hard/make.js";
import { sameOutcome } from "./compare.js";
import { holdsFor } from "./property.js";
import { edges } from "./recipes.js";

interface MatmulRecipe {
  readonly dtype: DType;
  readonly seed: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Leading axes of both; 1 in one of them broadcasts. */
  readonly batch: readonly (readonly [number, number])[];
  readonly a: { readonly kind: ViewKind; readonly transposed: boolean };
  readonly b: { readonly kind: ViewKind; readonly transposed: boolean };
  readonly wild: boolean;
}

function matmulRecipes(dtype: DType): fc.Arbitrary<MatmulRecipe> {
  const size = fc.constantFrom(...edges);
  const operand = fc.record({ kind: fc.constantFrom(...viewKinds), transposed: fc.boolean() });
  const pair = fc.constantFrom<[number, number]>([1, 1], [2, 2], [1, 3], [2, 1]);
  return fc.record({
    dtype: fc.constant(dtype),
    seed: fc.nat(0xffffff),
    ...{ m: size, k: size, n: size },
    batch: fc.array(pair, { maxLength: 2 }),
    ...{ a: operand, b: operand },
    wild: fc.integer({ min: 0, max: 4 }).map((n) => n === 4),
  });
}

function sameProduct(recipe: MatmulRecipe): void {
  const { dtype, seed, k, n, a, b } = recipe;
  const random = new Random(seed);
  let { batch, m } = recipe;
  const cost = (): number => sizeOf(batch.map(([x, y]) => Math.max(x, y))) * m * k * n;
  if (cost() > 2_000_000) batch = [];
  while (cost() > 2_000_000) m = Math.ceil(m / 2);
  const operand = (shape: number[], { kind, transposed }: MatmulRecipe["a"]) => {
    const dense = randomFloats(dtype, random, shape);
    if (recipe.wild) spoil(dense, random);
    const rank = shape.length;
    return viewAs<FloatArray>(
      transposed ? swapAxes(dense, rank - 2, rank - 1) : dense,
      kind,
      random,
    );
  };
  const left = operand([...batch.map(([x]) => x), m, k], a);
  const right = operand([...batch.map(([, y]) => y), k, n], b);
  const options = { transposeA: a.transposed, transposeB: b.transposed };
  const product = (engine: qkv.Engine): { product: TensorView<FloatArray> } => ({
    product: qkv.matmul(left, right, { ...options, engine }),
  });
  const expected = product("portable");
  for (const engine of [...engines, "auto"] as const) {
    const what = `${dtype} [${left.shape}] × [${right.shape}] on ${engine}`;
    sameOutcome(what, product(engine), expected);
  }
}

function spoil({ data }: Dense<FloatArray>, random: Random): void {
  const huge = data.BYTES_PER_ELEMENT === 4 ? 3e38 : 1.7e308;
  for (let n = 0; n < 5 && data.length > 0; n++) {
    const value = random.pick([NaN, Infinity, -Infinity, huge, -huge, -0, 1e-44]);
    data[random.integer(0, data.length - 1)] = value;
  }
}

describe.each(dtypes)("matmul in %s", (dtype) => {
  it("random products: every engine gives the same bits", () => {
    holdsFor(matmulRecipes(dtype), 120, sameProduct);
  });

  it("every size of m, k and n", () => {
    const plain = { kind: "contiguous", transposed: false } as const;
    for (const axis of ["m", "k", "n"]) {
      for (const length of [...edges, 1025]) {
        const sizes = { m: 5, k: 7, n: 11, [axis]: length };
        sameProduct({ dtype, seed: length, ...sizes, batch: [], a: plain, b: plain, wild: false });
      }
    }
  });
});
