/** The scenes of the story, in its order. */
export const sceneIds = [
  "sentence",
  "vector",
  "qkv",
  "dot",
  "scale",
  "softmax",
  "blend",
  "heads",
  "causal",
  "position",
  "bottleneck",
  "uses",
  "reading",
] as const;

export type SceneId = (typeof sceneIds)[number];
