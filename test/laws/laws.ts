import { accuracyLaws } from "./accuracyLaws.js";
import { blindnessLaws } from "./blindnessLaws.js";
import { independenceLaws } from "./independenceLaws.js";
import type { Law, RandomLaw } from "./law.js";
import type { Recipe } from "./problems.js";
import { describeProblem, problemOf, recipes } from "./problems.js";
import { ruleLaws } from "./ruleLaws.js";
import { testingBits, testingBounds } from "./testingLaws.js";
import { weightLaws } from "./weightLaws.js";

export type { AttentionLike, Law, RandomLaw } from "./law.js";

/** What holds for every attention problem. Each law can be asked of any library of this shape. */
export const laws: readonly RandomLaw[] = [
  // To the last bit.
  ...[...independenceLaws, ...blindnessLaws, ...ruleLaws].map(withRecipes),
  ...testingBits,
  // Within a bound.
  ...testingBounds,
  ...[...weightLaws, ...accuracyLaws].map(withRecipes),
];

function withRecipes({ name, kind, formula, check }: Law): RandomLaw<Recipe> {
  return {
    ...{ name, kind, formula },
    recipes: (dtype) => recipes(dtype, kind === "bits"),
    async check(library, recipe) {
      const problem = problemOf(recipe);
      try {
        return await check(library, problem);
      } catch (error) {
        throw new Error(`${describeProblem(problem)}: ${String(error)}`, { cause: error });
      }
    },
  };
}
