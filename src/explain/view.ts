import {
  describe,
  freshTensor,
  rangeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { rowOf } from "./attended.js";
import type { StagedSource } from "./attentionSource.js";
import { meanOf, meanSource } from "./meanSource.js";
import { readIndex, readKeys } from "./readArguments.js";
import type { StageName, StagedRow, View } from "./types.js";
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
export function stagedView<D extends FloatArray>(
  name: string,
  heads: readonly StagedSource<D>[],
): View<D> {
  const source = heads.length === 1 ? { ...heads[0], name } : meanSource(name, heads);
  const view: View<D> = {
    ...weightsView(source),
    row(i) {
      readIndex("row", "i", i, source.queries.length);
      const stages = heads.map((head) => head.stages(i, i + 1));
      const mean = (stage: StageName): D => meanOf(stages.map((of) => of[stage].data));
      const row = rowOf(source, i, source.row(i));
      const names = stageNames.filter((stage) => stage !== "contributions" && stage !== "lse");
      const { shape } = stages[0].contributions;
      return {
        ...row,
        ...Object.fromEntries(names.map((stage) => [stage, mean(stage)])),
        contributions: freshTensor(mean("contributions"), shape.slice(1)),
        lse: mean("lse")[0],
      } as StagedRow<D>;
    },
    stage(stage): Tensor<D> {
      if (!stageNames.includes(stage)) {
        throw rangeError("stage", "name", `one of ${stageNames.join(", ")}`, describe(stage));
      }
      const parts = heads.map((head) => head.stages(0, source.queries.length)[stage]);
      return freshTensor(meanOf(parts.map(({ data }) => data)), parts[0].shape);
    },
    withoutKeys(keys) {
      const left = readKeys("withoutKeys", keys, source.keys.length);
      const after = heads.map((head) => head.without(left));
      return { before: view, after: stagedView(name, after) };
    },
  };
  return view;
}
