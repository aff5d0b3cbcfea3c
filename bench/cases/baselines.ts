import type { FloatArray } from "qkv/core";
import { fresh } from "../library.js";
import type { Entrant } from "../types.js";
import type { AttentionWork, MatmulWork } from "../work.js";
import type * as loops from "./plainLoops.js";

/** `of` gets loops that no other case has run. */
function entrant(by: string, of: (plain: typeof loops) => () => FloatArray): Entrant {
  const open = async () => {
    const compute = of(await fresh(new URL("./plainLoops.ts", import.meta.url)));
    return { run: () => compute()[0], results: () => [compute()] };
  };
  return { by, ways: [{ open }] };
}

/** Plain loops over one head. */
export function plainAttention({ shape, q, k, v }: AttentionWork): Entrant {
  return entrant("plain loops", (plain) => plain.attention(q.data, k.data, v.data, shape));
}

/** Plain loops over row-major matrices, and the same through the accessors of ndarray. */
export const matmulBaselines = {
  plain: ({ shape, a, b }: MatmulWork) =>
    entrant("plain loops", (plain) => plain.matmul(a.data, b.data, shape)),
  ndarray: ({ shape, a, b }: MatmulWork) =>
    entrant("ndarray get/set", (plain) => plain.ndarrayMatmul(a.data, b.data, shape)),
};
