import {
  checkArguments,
  describe,
  freshTensor,
  rangeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { rowOf } from "./attended.js";
import type { StagedSource, TracedStages } from "./attentionSource.js";
import { meanOf, meanSource } from "./meanSource.js";
import { readIndex, readKeys } from "./readArguments.js";
import type { StageName, View } from "./viewTypes.js";
import { weightsView } from "./weightsView.js";

const stageNames: readonly StageName[] = [
  "raw",
  "scores",
  "capped",
  "biased",
  "masked",
  "weights",
  "contributions",
  "output",
  "lse",
];

/** The view on one head, or on the mean of several, with all stages. */
export function stagedView<A extends FloatArray>(
  name: string,
  heads: readonly StagedSource<A>[],
): View<A> {
  const source = heads.length === 1 ? { ...heads[0], name } : meanSource(name, heads);
  const view: View<A> = {
    ...weightsView(source),
    row(i) {
      checkArguments("row", arguments.length, ["i"]);
      readIndex("row", "i", i, source.queries.length);
      const traced = heads.map((head) => head.stages(i, i + 1));
      const mean = (stage: StageName): A => meanStage(traced, stage).data;
      const contributions = meanStage(traced, "contributions");
      return {
        ...rowOf(source, i, source.row(i)),
        raw: mean("raw"),
        scores: mean("scores"),
        capped: mean("capped"),
        biased: mean("biased"),
        masked: mean("masked"),
        weights: mean("weights"),
        contributions: freshTensor(contributions.data, contributions.shape.slice(1)),
        output: mean("output"),
        lse: mean("lse")[0],
      };
    },
    stage(stage) {
      checkArguments("stage", arguments.length, ["name"]);
      if (!stageNames.includes(stage)) {
        throw rangeError("stage", "name", `one of ${stageNames.join(", ")}`, describe(stage));
      }
      const traced = heads.map((head) => head.stages(0, source.queries.length));
      return meanStage(traced, stage);
    },
    withoutKeys(keys) {
      checkArguments("withoutKeys", arguments.length, ["keys"]);
      const left = readKeys("withoutKeys", keys, source.keys.length);
      const after = heads.map((head) => head.without(left));
      return { before: view, after: stagedView(name, after) };
    },
  };
  return view;
}

/** A stage, as the mean over heads. */
function meanStage<A extends FloatArray>(
  heads: readonly TracedStages<A>[],
  stage: StageName,
): Tensor<A> {
  const parts = heads.map((traced) => {
    const it = traced[stage];
    return typeof it === "function" ? it() : it;
  });
  return freshTensor(meanOf(parts.map(({ data }) => data)), parts[0].shape);
}
