import { describe, it } from "vitest";
import { masks } from "../../src/core.js";
import type { MaskRule } from "../../src/core.js";
import { coverage } from "../../src/masks/index.js";
import { engines, forced } from "../helpers/engines.js";
import { dtypes } from "../attention-hard/make.js";
import { describeProblem } from "../laws/problems.js";
import { sameOutcome } from "./compare.js";
import { holdsFor } from "./property.js";
import type { EngineRecipe } from "./recipes.js";
import { engineRecipes, stateOf } from "./recipes.js";

/** The same rule, which says of every tile that it has to be looked at. */
function unhelpful(rule: MaskRule): MaskRule {
  return {
    kind: "mask",
    bind(shape, place) {
      const bound = rule.bind(shape, place);
      return {
        coverage: () => coverage.some,
        narrow: (b, h, i, j0, j1, allowed) => bound.narrow(b, h, i, j0, j1, allowed),
      };
    },
  };
}

function sameWithoutSkipping(recipe: EngineRecipe): void {
  const seed = recipe.seed & 0xffff;
  const views = { query: "any", key: "any", value: "any", masks: "any" } as const;
  // As rules, so that one of them can be asked for all masks.
  const style = { seed, ...views, layout: "BHLD", rules: true } as const;
  const { problem, call } = stateOf({ ...recipe, emptyRow: "nan", style });
  const [query, key, value, options] = call;
  const allow = unhelpful(masks.and(options.allow as MaskRule));
  for (const engine of engines) {
    const { attentionWithWeights, attentionWithLse } = forced(engine);
    const results = (all: typeof options) => ({
      ...attentionWithWeights(query, key, value, all),
      ...attentionWithLse(query, key, value, all),
    });
    const what = `${describeProblem(problem)} without skipping on ${engine}`;
    sameOutcome(what, results({ ...options, allow }), results(options));
  }
}

describe.each(dtypes)("tile skipping in %s", (dtype) => {
  it("on or off, the same bits", () => {
    holdsFor(engineRecipes(dtype), 40, sameWithoutSkipping);
  });
});
