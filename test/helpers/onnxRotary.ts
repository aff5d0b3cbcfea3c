import { rotary } from "../../src/core.js";
import { denseOf, reshape, viewOf } from "./tensors.js";
import type { Outputs, VectorCase } from "./vectors.js";
import { expectKnown, find, input, toFloats, toIntegers } from "./vectors.js";

/** ONNX RotaryEmbedding, opset 23. */
export function runOnnxRotary(vector: VectorCase): Outputs {
  expectKnown(vector, {
    attributes: ["interleaved", "num_heads", "rotary_embedding_dim"],
    inputs: ["input", "cos_cache", "sin_cache", "position_ids"],
    outputs: ["output"],
  });
  const attributes = vector.attributes as Record<string, number | undefined>;
  const raw = input(vector, "input");
  const { shape } = raw;
  const sequenceFirst = shape.length === 3;
  const heads = attributes.num_heads ?? 0;
  if (sequenceFirst && !heads) throw new Error(`${vector.name}: 3D input needs num_heads`);
  const split = sequenceFirst ? [shape[0], shape[1], heads, shape[2] / heads] : shape;
  const positions = find(vector.inputs, "position_ids");
  const output = rotary(
    viewOf(reshape(toFloats(raw), split)),
    {
      cos: viewOf(toFloats(input(vector, "cos_cache"), raw)),
      sin: viewOf(toFloats(input(vector, "sin_cache"), raw)),
      ...(positions
        ? {
            positions: viewOf({
              data: Float64Array.from(toIntegers(positions)),
              shape: positions.shape,
            }),
          }
        : {}),
    },
    {
      pairing: attributes.interleaved ? "interleaved" : "half",
      // 0, the default, turns all features.
      ...(attributes.rotary_embedding_dim ? { dims: attributes.rotary_embedding_dim } : {}),
      ...(sequenceFirst ? { layout: "BLHD" as const } : {}),
    },
  );
  return { output: reshape(denseOf(output), shape) };
}
