import { afterAll, describe, expect, it } from "vitest";
import { engines, forced } from "../helpers/engines.js";
import { runOnnxAttention } from "../helpers/onnxAttention.js";
import { runOnnxRotary } from "../helpers/onnxRotary.js";
import { runSoftmax } from "../helpers/softmaxVectors.js";
import { runTorchAttention } from "../helpers/torchAttention.js";
import { runTransformerLayer } from "../helpers/transformerLayer.js";
import type { Library, Outputs, VectorCase } from "../helpers/vectors.js";
import { compareOutputs, listCases, listFamilies, loadCase } from "../helpers/vectors.js";

/** How each family is asked of this library. A folder without an entry here fails. */
const adapters: Record<string, (vector: VectorCase, library?: Library) => Outputs> = {
  onnx_attention: runOnnxAttention,
  onnx_softmax: runSoftmax,
  onnx_rotary_embedding: runOnnxRotary,
  torch_mha: runTorchAttention,
  torch_transformer_layer: runTransformerLayer,
  hard_softmax: runSoftmax,
  hard_attention: runOnnxAttention,
};

// QKV_REPORT=1 prints the worst error of each family as a share of its tolerance.
const report: Record<string, { cases: number; worst: number; at: string }> = {};

describe("cases of other implementations", () => {
  it("every family has a folder with cases", () => {
    for (const family of Object.keys(adapters)) expect(listCases(family)).not.toEqual([]);
  });

  for (const [family, engine] of listFamilies().flatMap((f) =>
    engines.map((e) => [f, e] as const),
  )) {
    describe(`${family} (${engine})`, () => {
      const library = forced(engine);
      for (const file of listCases(family)) {
        it(file.replace(".json", ""), () => {
          const vector = loadCase(family, file);
          const adapter = adapters[family];
          if (adapter === undefined) throw new Error(`no adapter for the family ${family}`);
          // Where a case is marked ambiguous the rule of this library is the one it expects: +Infinity
          // among the scores makes the row NaN, and a negative scale is a scale like any other.
          const ratio = compareOutputs(vector, adapter(vector, library));
          const entry = (report[family] ??= { cases: 0, worst: 0, at: "" });
          entry.cases++;
          if (ratio >= entry.worst) Object.assign(entry, { worst: ratio, at: vector.name });
        });
      }
    });
  }

  afterAll(() => {
    if (process.env.QKV_REPORT) console.table(report);
  });
});
