import fc from "fast-check";
import * as qkv from "../../src/core.js";
import type { Call, Problem } from "../helpers/problem.js";
import { headFirst, sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import type { DType } from "../helpers/tensors.js";
import { newArray, sizeOf } from "../helpers/tensors.js";
import type { ViewKind } from "../helpers/views.js";
import { viewAs, viewKinds } from "../helpers/views.js";
import type { Recipe } from "../laws/problems.js";
import { problemOf, recipes } from "../laws/problems.js";

/** Around every edge of lanes (4, 8, 16), tiles and blocks (64), and their multiples. */
export const edges = [
  ...[0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33],
  ...[63, 64, 65, 66, 127, 128, 129, 130, 191, 200, 257, 300],
];

/** A recipe of the laws with sizes that cross the edges of kernels, and what only engines are asked. */
export interface EngineRecipe extends Recipe {
  readonly alibi: boolean;
  /** Where the output is to go. */
  readonly out: ViewKind | null;
}

export function engineRecipes(dtype: DType): fc.Arbitrary<EngineRecipe> {
  const length = fc.constantFrom(...edges, 65, 129, 1025);
  const size = fc.constantFrom(...edges);
  return fc
    .record({
      base: recipes(dtype, true),
      sizes: fc.record({ queries: length, keys: length, headSize: size, valueSize: size }),
      // One kind in six overflows in its scores, one is wild.
      overflow: fc.integer({ min: 0, max: 5 }).map((n) => n === 5),
      alibi: fc.integer({ min: 0, max: 3 }).map((n) => n === 3),
      throws: fc.integer({ min: 0, max: 7 }).map((n) => n === 7),
      out: fc.option(fc.constantFrom(...viewKinds), { freq: 2, nil: null }),
    })
    .map(({ base, sizes, overflow, alibi, throws, out }) => ({
      ...base,
      ...sizes,
      // Without features there is no default scale.
      ...(sizes.headSize === 0 && base.scale === null ? { scale: 0.3 } : {}),
      ...(overflow ? { numbers: "overflow" as const } : {}),
      ...(throws ? { emptyRow: "throw" as const } : {}),
      alibi,
      out,
    }));
}

export interface Stated {
  readonly problem: Problem;
  readonly call: Call;
}

/** The problem and its call, of at most `budget` multiplications. */
export function stateOf(recipe: EngineRecipe, budget = 800_000): Stated {
  const problem = problemOf(recipe, budget);
  const [query, key, value, options] = toCall(problem);
  if (!recipe.alibi) return { problem, call: [query, key, value, options] };
  const random = new Random(recipe.seed);
  const { H } = sizesOf(problem);
  const slopes = newArray(problem.query.data, H).map(() => random.next());
  const rule = qkv.biases.alibi(viewAs({ data: slopes, shape: [H] }, "any", random), {
    align: "bottomRight",
  });
  const bias = options.bias === undefined ? rule : qkv.biases.sum(options.bias, rule);
  return { problem, call: [query, key, value, { ...options, bias }] };
}

/** A tensor for the output, with NaN in it and around it. */
export function outFor(recipe: EngineRecipe, problem: Problem) {
  const { E } = sizesOf(problem);
  const headFirstShape = [...problem.query.shape.slice(0, -1), E];
  const dense = {
    data: newArray(problem.query.data, sizeOf(headFirstShape)),
    shape: headFirstShape,
  };
  const { shape } = headFirst(problem, dense);
  // Elements that share memory are refused, so that no axis is repeated here.
  const kind = recipe.out === "broadcast" || recipe.out === "any" ? "transposed" : recipe.out!;
  dense.data.fill(NaN);
  return viewAs({ data: dense.data, shape }, kind, new Random(recipe.seed));
}
