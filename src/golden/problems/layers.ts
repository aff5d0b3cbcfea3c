import type { Draw } from "../draw.js";
import { both, type GoldenProblem } from "../problem.js";

/** The entries of a `state_dict` for 3 heads of 4 features. */
function torchState(draw: Draw) {
  return {
    in_proj_weight: draw.normal([36, 12], 0.3),
    in_proj_bias: draw.normal([36], 0.3),
    bias_k: draw.normal([1, 1, 12]),
    bias_v: draw.normal([1, 1, 12]),
    "out_proj.weight": draw.normal([12, 12], 0.3),
    "out_proj.bias": draw.normal([12]),
  };
}

export const layerProblems: readonly GoldenProblem[] = [
  ...(["half", "interleaved"] as const).flatMap((pairing) =>
    both(`rotary: ${pairing}`, (draw, { rotary }) => ({
      base: rotary(draw.normal([2, 3, 70, 12]), { base: 1000, positions: 5 }, { pairing }),
      "some features, scattered": rotary(
        draw.scattered(draw.normal([2, 9, 3, 12])),
        { positions: draw.normal([2, 9], 100) },
        { pairing, dims: 8, layout: "BLHD" },
      ),
      tables: rotary(
        draw.normal([2, 9, 6]),
        { cos: draw.normal([20, 3]), sin: draw.normal([20, 3]), positions: 4 },
        { pairing },
      ),
    })),
  ),
  ...both("multiHeadAttention: own projections", (draw, { multiHeadAttention }, engine) => {
    const params = {
      heads: 3,
      queryWeight: draw.normal([15, 8], 0.4),
      keyWeight: draw.normal([15, 9], 0.4),
      valueWeight: draw.normal([21, 10], 0.4),
      queryBias: draw.normal([15]),
      outWeight: draw.normal([8, 21], 0.4),
    };
    const inputs = [draw.normal([2, 33, 8]), draw.normal([2, 70, 9]), draw.normal([2, 70, 10])];
    const [query, key, value] = inputs;
    const { output, weights } = multiHeadAttention(query, key, value, params, {
      engine,
      weights: "perHead",
      keyLengths: [70, 65],
    });
    return { output, weights };
  }),
  ...both("multiHeadAttention: a layer of PyTorch", (draw, library, engine) => {
    const state = torchState(draw);
    const params = library.fromTorchMultiheadAttention(state, { heads: 3, addZeroAttn: true });
    const x = draw.normal([2, 40, 12]);
    const { output, weights } = library.multiHeadAttention(x, x, x, params, {
      engine,
      weights: "mean",
      causal: true,
    });
    return { output, weights };
  }),
  ...both("splitHeads and mergeHeads", (draw, { mergeHeads, splitHeads }) => {
    const split = splitHeads(draw.scattered(draw.normal([2, 5, 12])), 3);
    return { split, merged: mergeHeads(split) };
  }),
];
