import type { SceneContext } from "../types.js";

/** The first numbers of a piece before the layer. */
export function stateOf({ reading, state }: SceneContext, piece: number): number[] {
  const { data, offset, shape, stride } = reading.encoded.layers[state.layer].state;
  const start = offset + piece * stride[0];
  return Array.from({ length: shape[1] }, (_, d) => data[start + d * stride[1]]);
}
