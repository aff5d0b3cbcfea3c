import fc from "fast-check";
import { describe, it } from "vitest";
import { engines, forced } from "../helpers/engines.js";
import { blindnessLaws } from "../laws/blindnessLaws.js";
import { independenceLaws } from "../laws/independenceLaws.js";
import type { AttentionLike } from "../laws/laws.js";
import { testingBits } from "../laws/testingLaws.js";
import { holdsForAsync } from "./property.js";
import type { EngineRecipe } from "./recipes.js";
import { engineRecipes, stateOf } from "./recipes.js";

// Any batch size and place in the batch, padding, view or copy, one row alone or among many: the
// laws of test/laws once more, with sizes beyond one block and one tile.

const both = fc.oneof(engineRecipes("float32"), engineRecipes("float64"));

describe.each(engines)("the same bits beyond one block (%s)", (engine) => {
  const library = forced(engine) as AttentionLike;
  it.each(testingBits.map((law) => [law.name, law] as const))("%s", async (_, law) => {
    await holdsForAsync(both, 10, async function checkLaw(recipe: EngineRecipe): Promise<void> {
      await law.check(library, recipe);
    });
  });
  const laws = [...independenceLaws, ...blindnessLaws];
  it.each(laws.map((law) => [law.name, law] as const))("%s", async (_, law) => {
    await holdsForAsync(both, 10, async function checkLaw(recipe: EngineRecipe): Promise<void> {
      const emptyRow = recipe.emptyRow === "throw" ? null : recipe.emptyRow;
      await law.check(library, stateOf({ ...recipe, emptyRow }, 300_000).problem);
    });
  });
});
