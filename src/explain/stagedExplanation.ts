import { checkArguments, checkOptions, type FloatArray } from "../tensor/index.js";
import type { StagedSource } from "./attentionSource.js";
import { explanationOf, type Explained } from "./explanation.js";
import { outputShares } from "./outputShares.js";
import { readKeys, readPositions } from "./readArguments.js";
import { readHeads } from "./readHeads.js";
import { stagedView } from "./view.js";
import type { Explanation } from "./viewTypes.js";

/** The explanation of heads with all stages. */
export function stagedExplanation<A extends FloatArray>(
  explained: Explained<StagedSource<A>>,
): Explanation<A> {
  const { sources, sequences } = explained;
  return {
    ...explanationOf({ ...explained, viewOf: stagedView<A> }),
    withoutKeys(keys) {
      checkArguments("withoutKeys", arguments.length, ["keys"]);
      const left = readKeys("withoutKeys", keys, sequences.keys.length);
      return stagedExplanation({ ...explained, sources: sources.map((it) => it.without(left)) });
    },
    outputShares(queries, options) {
      const fn = "outputShares";
      checkArguments(fn, arguments.length, ["queries", "options"]);
      const { heads } = checkOptions(fn, options, ["heads"]);
      const names = sources.map(({ name }) => name);
      const chosen = readHeads(fn, "options.heads", heads, names);
      const positions = readPositions(fn, "queries", queries, sequences.queries.length);
      return outputShares(
        chosen.map((h) => sources[h]),
        positions,
      );
    },
  };
}
