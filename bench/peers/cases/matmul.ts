import { qkvMatmul, type MakeLibrary } from "../contestants/qkv.js";
import { matmulReference } from "../reference.js";
import type { CaseSpec } from "../runCase.js";
import type { Peer } from "../types.js";
import { matmulWork } from "../work.js";

const sizes = [
  { n: 512, dtype: "float32", quick: true },
  { n: 1024, dtype: "float32" },
  { n: 512, dtype: "float64", quick: true },
] as const;

/** Square products. */
export function matmulCases(make: MakeLibrary, peers: readonly Peer[]): CaseSpec[] {
  return sizes.map(({ n, dtype, ...rest }) => ({
    group: "matmul",
    name: `${n}³${dtype === "float64" ? " float64" : ""}`,
    dtype,
    ...rest,
    flops: 2 * n * n * n,
    // Of the largest of n² sums of n products of normal numbers.
    bound: dtype === "float32" ? 2 ** -16 : 2 ** -45,
    prepare: async () => {
      const work = matmulWork(n, dtype);
      const entrants = peers.flatMap(({ name, matmul }) => {
        const ways = matmul?.(work) ?? [];
        return ways.length > 0 ? [{ by: name, ways }] : [];
      });
      return {
        expected: matmulReference(work),
        entrants: [{ by: "qkv", ways: qkvMatmul(make, work) }, ...entrants],
      };
    },
  }));
}
