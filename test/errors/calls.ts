import * as core from "../../src/core.js";
import * as explaining from "../../src/explain/index.js";

export type Call = (...args: unknown[]) => unknown;
export const functions: Record<string, Call> = {};
for (const [name, member] of Object.entries({ ...core, ...explaining })) {
  if (typeof member === "function") functions[name] = member as Call;
  else {
    for (const [inner, fn] of Object.entries(member)) functions[`${name}.${inner}`] = fn as Call;
  }
}

// Explanations read most of their input when they are asked: ask for all of it.
for (const name of ["explain", "explainWeights"]) {
  const call = functions[name];
  functions[name] = (...args) => {
    const explanation = call(...args) as explaining.WeightsExplanation;
    return explanation.heads === 0 ? explanation.toJSON() : explanation.mean().tidy();
  };
}
const words = ["the", "bat", "hit", "the", "ball"];
const explained = explaining.explain(core.zeros([5, 4]), core.zeros([5, 4]), core.zeros([5, 4]), {
  tokens: words,
});
for (const [name, method] of Object.entries({ ...explained, ...explained.mean() })) {
  if (typeof method === "function") functions[`view.${name}`] = method as Call;
}

export const x = (): unknown => core.zeros([5, 4]);
const heads = (): unknown => core.zeros([2, 3, 5, 4]);
const layer = {
  heads: 2,
  inProjWeight: core.zeros([12, 4]),
  outWeight: core.zeros([4, 4]),
  addZeroAttn: true,
};
const options = { causal: true, window: { left: 2 }, keyLengths: [3, 5], sinks: [0, 1, 2] };

/** Calls that work, from which the garbage starts: it gets past the first check that way. */
export const valid: [string, unknown[]][] = [
  ["attention", [x(), x(), x(), { allow: [[true]], bias: [[0]], scale: 1, softcap: 2 }]],
  ["attention", [heads(), heads(), heads(), options]],
  ["attentionWithWeights", [heads(), heads(), heads(), { ...options, layout: "BHLD" }]],
  ["attentionWithLse", [heads(), heads(), heads(), { ...options, emptyRow: "nan" }]],
  ["attentionTrace", [x(), x(), x(), { block: core.masks.causal(), queryLengths: 3 }]],
  ["attention", [x(), x(), x(), { bias: core.biases.alibi([1]), out: core.zeros([5, 4]) }]],
  [
    "mergeAttention",
    [
      [core.attentionWithLse(heads() as never, heads() as never, heads() as never)],
      { sinks: [1, 2, 3] },
    ],
  ],
  ["matmul", [x(), x(), { transposeA: true }]],
  ["softmax", [x(), { axis: 0, allow: [[true, false, true, true]] }]],
  ["logSumExp", [x(), { axis: -2 }]],
  ["tensor", [[1, 2, 3, 4], { shape: [2, 2], dtype: "float64" }]],
  ["zeros", [[2, 3], { dtype: "float32" }]],
  ["fromFloat16", [Uint16Array.of(0x3c00)]],
  ["fromBfloat16", [Uint16Array.of(0x3f80)]],
  ["toNested", [x()]],
  ["format", [heads(), { digits: 3 }]],
  ["splitHeads", [x(), 2]],
  ["mergeHeads", [heads()]],
  ["multiHeadAttention", [x(), x(), x(), layer, { weights: "mean", causal: true, keyLengths: 4 }]],
  [
    "fromTorchMultiheadAttention",
    [
      { in_proj_weight: core.zeros([12, 4]), "out_proj.weight": core.zeros([4, 4]) },
      { heads: 2, prefix: "" },
    ],
  ],
  ["rotary", [x(), { base: 500, positions: [0, 1, 2, 3, 4] }, { pairing: "half", dims: 2 }]],
  [
    "rotary",
    [
      x(),
      { cos: core.zeros([9, 2]), sin: core.zeros([9, 2]), positions: 3 },
      { pairing: "interleaved", layout: "BLHD" },
    ],
  ],
  ["sinusoidal", [5, 4, { base: 9, order: "concatenated", endpoint: true, dtype: "float64" }]],
  ["alibiSlopes", [6]],
  [
    "createKvCache",
    [{ batch: 2, kvHeads: 3, headSize: 4, capacity: 9, window: { left: 2 }, dtype: "float64" }],
  ],
  ["explain", [x(), x(), x(), { tokens: words, headNames: ["only"], batch: 0, causal: true }]],
  [
    "explain",
    [heads(), heads(), heads(), { tokens: words, keyTokens: words, batch: 1, ...options }],
  ],
  ["explainWeights", [[[1, 0], [0.5, 0.5]], { tokens: ["a", "b"], headNames: ["only"], batch: 0 }]], // prettier-ignore
  ["wordGroups", [["▁the", "▁b", "at"], { marker: "▁" }]],
  ["previousTokenScore", [[[1, 0], [0.5, 0.5]]]], // prettier-ignore
  ["inductionScore", [[[1, 0], [0.5, 0.5]], ["a", "a"]]], // prettier-ignore
  ["duplicateTokenScore", [[[1, 0], [0.5, 0.5]], [7, 7]]], // prettier-ignore
  ["sinkScore", [[[1, 0], [0.5, 0.5]]]], // prettier-ignore
  ["localScore", [[[1, 0], [0.5, 0.5]], 1]], // prettier-ignore
  ["principalPlane", [[[1, 0], [0.5, 2]]]], // prettier-ignore
  ["rollout", [[[[1, 0], [0.5, 0.5]], [[1, 0], [0, 1]]], { residual: 0.5 }]], // prettier-ignore
  ["view.head", ["head 0"]],
  ["view.mean", [[0]]],
  ["view.outputShares", [[0, 2], { heads: [0] }]],
  ["view.row", [1]],
  ["view.stage", ["weights"]],
  ["view.blend", [1]],
  ["view.why", [1, 2]],
  ["view.entropy", [1]],
  ["view.normalizedEntropy", [1]],
  ["view.effectiveKeys", [1]],
  ["view.topK", [1, 2]],
  ["view.mass", [1]],
  ["view.withoutKeys", [[1, 2]]],
  [
    "view.words",
    [
      [
        { text: "the bat", pieces: [0, 1] },
        { text: "hit the ball", pieces: [2, 3, 4] },
      ],
    ],
  ],
  ["view.matrix", []],
  ["view.tidy", []],
  ["view.toJSON", []],
  ["masks.dense", [core.masks.window({ left: 1, right: 2 }), [5, 5]]],
  ["masks.sparsity", [core.masks.segments([0, 0, 1, 1, 2]), [2, 3, 5, 5]]],
];

/** Every name that some option has, so that garbage reaches what reads it. */
export const names = [
  "scale softcap allow block bias causal window keyLengths queryLengths grouped sinks emptyRow",
  "layout out engine axis transposeA shape dtype digits left right align offset",
  "tokens keyTokens headNames batch residual marker text pieces",
  "base positions cos sin pairing dims order endpoint weights heads prefix data",
  "stride strides output lse inProjWeight outWeight mask isCausal toString constructor",
].flatMap((line) => line.split(" "));
