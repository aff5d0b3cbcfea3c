import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tensor, type Tensor } from "qkv/core";
import type { Layer, Linear, Model, Norm } from "./architecture.js";
import { createTokenizer, type Vocabulary } from "./tokenizer.js";
import { modelFolder, readWeights, type Weights } from "./weights.js";

/** Reads the model: every weight under the name that the graph gives it. */
export function readModel(folder = modelFolder()): Model {
  const weights = readWeights(folder);
  return {
    tokenizer: createTokenizer(readVocabulary(folder)),
    embeddings: weights("module/Embeddings_en"),
    frequencies: dropAxes(
      weights(`${NODES}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`),
      1,
    ),
    layers: [readLayer(weights, 0), readLayer(weights, 1)],
    final: {
      kernel: weights("module/Encoder_en/hidden_layers/tanh_layer_0/weights"),
      bias: weights("module/Encoder_en/hidden_layers/tanh_layer_0/bias"),
    },
  };
}

/** Reads `vocab.json`: `[piece, log probability]` in the order of the ids. */
export function readVocabulary(folder = modelFolder()): Vocabulary {
  return JSON.parse(readFileSync(join(folder, "vocab.json"), "utf8")) as Vocabulary;
}

// The converter folded constants: kernels that were convolutions kept their variable's name under
// "module/", everything else has the name of the operation that produced it.
const NODES = "module_apply_default/Encoder_en/KonaTransformer/Encode";
const VARIABLES = "module/Encoder_en/KonaTransformer/Encode";

function readLayer(weights: Weights, index: number): Layer {
  const layer = `Layer_${index}/TransformerLayer`;
  const folded = (name: string) => weights(`${NODES}/${layer}/${name}/ConcatPartitions/concat`);
  const stacked = (name: string) => weights(`${NODES}/TransformerStack/${layer}/${name}`);
  const norm = (name: string): Norm => ({
    scale: folded(`${name}/layer_norm/layer_norm_scale`),
    bias: folded(`${name}/layer_norm/layer_norm_bias`),
  });
  // A convolution of width 1 is a matrix product: [1, 1, in, out] is read as [in, out].
  const convolution = (name: string): Linear => ({
    kernel: dropAxes(weights(`${VARIABLES}/${layer}/MultiheadAttention/${name}/kernel/part_0`), 2),
    bias: folded(`MultiheadAttention/${name}/bias`),
  });
  const dense = (name: string): Linear => ({
    kernel: stacked(`FFN/${name}/Tensordot/Reshape_1`),
    bias: folded(`FFN/${name}/bias`),
  });
  return {
    ...(index === 0 && {
      adjustResidual: { kernel: folded("dense/kernel"), bias: folded("dense/bias") },
    }),
    attentionNorm: norm("layer_prepostprocess"),
    packedProjection: convolution("qkv_transform_single"),
    scoreScale: stacked("MultiheadAttention/mul/y").data[0],
    outputProjection: convolution("output_transform_single"),
    feedForwardNorm: norm("FFN/layer_prepostprocess"),
    expand: dense("conv1"),
    contract: dense("conv2"),
  };
}

/** The graph gives some weights leading axes of size 1. */
function dropAxes({ data, shape }: Tensor<Float32Array>, count: number): Tensor<Float32Array> {
  return tensor(data, { shape: shape.slice(count) });
}
