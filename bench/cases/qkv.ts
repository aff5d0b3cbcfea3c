import type { Entrant } from "../types.js";
import type { MakeLibrary } from "../library.js";
import type { AttentionWork, MatmulWork } from "../work.js";

/** `attention`, or `attentionWithWeights`. */
export function qkvAttention(
  make: MakeLibrary,
  { q, k, v, options }: AttentionWork,
  weights = false,
): Entrant {
  const open = async () => {
    const { attention, attentionWithWeights } = await make();
    const attend = () => attention(q, k, v, options).data;
    const keep = () => attentionWithWeights(q, k, v, options);
    return weights
      ? {
          run: () => keep().output.data[0],
          results: () => Object.values(keep()).map(({ data }) => data),
        }
      : { run: () => attend()[0], results: () => [attend()] };
  };
  return { by: "qkv", ways: [{ open }] };
}

export function qkvMatmul(make: MakeLibrary, { given }: MatmulWork): Entrant {
  const open = async () => {
    const { matmul } = await make();
    const compute = () => matmul(...given).data;
    return { run: () => compute()[0], results: () => [compute()] };
  };
  return { by: "qkv", ways: [{ open }] };
}
