import { matmulCase } from "../../cases/matmul.js";
import { qkvMatmul } from "../../cases/qkv.js";
import type { MakeLibrary } from "../../library.js";
import type { CaseSpec } from "../../types.js";
import type { Peer } from "../peer.js";
import { matmulPeers } from "../peers.js";

const sizes = [
  { n: 512, dtype: "float32", quick: true },
  { n: 1024, dtype: "float32" },
  { n: 512, dtype: "float64", quick: true },
] as const;

/** Square products. */
export function matmulCases(make: MakeLibrary, peers: readonly Peer[]): CaseSpec[] {
  return sizes.map(({ n, dtype, ...rest }) =>
    matmulCase({ name: `${n}³`, ...rest }, { m: n, k: n, n, dtype }, (work) => [
      qkvMatmul(make, work),
      ...matmulPeers(peers, work),
    ]),
  );
}
