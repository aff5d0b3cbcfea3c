import { attentionCase } from "../../cases/attentionCase.js";
import { qkvAttention } from "../../cases/qkv.js";
import type { MakeLibrary } from "../../library.js";
import { expectedAttention } from "../../reference.js";
import type { CaseSpec } from "../../types.js";
import { attentionFlops, attentionWork, type AttentionShape } from "../../work.js";
import type { Peer } from "../peer.js";
import { attentionPeers } from "../peers.js";

const sizes = [
  { heads: 8, queries: 1024, size: 64, quick: true },
  { heads: 2, queries: 4096, size: 64 },
  { heads: 4, queries: 1024, size: 128 },
];

/** Dense, causal and windowed attention of `H×L×D`, and five tokens. */
export function attentionCases(make: MakeLibrary, peers: readonly Peer[]): CaseSpec[] {
  const among = (
    spec: Pick<CaseSpec, "group" | "name" | "quick">,
    shape: AttentionShape,
  ): CaseSpec =>
    attentionCase({
      ...{ ...spec, shape },
      entrants: (work) => [qkvAttention(make, work), ...attentionPeers(peers, work)],
    });
  const square = (group: "dense" | "causal"): CaseSpec[] =>
    sizes.map(({ quick, ...shape }) => {
      const name = `${shape.heads}×${shape.queries}×${shape.size}`;
      return among({ group, name, quick }, { ...shape, causal: group === "causal" });
    });
  const windowed = (queries: number): AttentionShape => ({
    ...{ heads: 1, queries, size: 64, causal: true, left: 255 },
  });
  const name = (queries: number) => `256, 1×${queries}×64`;
  const [short, long] = [4096, 16384];
  return [
    ...square("dense"),
    ...square("causal"),
    among({ group: "window", name: name(short), quick: true }, windowed(short)),
    growth(make, name(long), windowed(long), windowed(short)),
    among(
      { group: "tiny", name: "5 tokens, 1×5×64", quick: true },
      { heads: 1, queries: 5, size: 64 },
    ),
  ];
}

/** A window at two lengths in the same rounds: time has to grow like L. */
function growth(
  make: MakeLibrary,
  name: string,
  long: AttentionShape,
  short: AttentionShape,
): CaseSpec {
  const by = `qkv, L ${short.queries}`;
  return attentionCase({
    ...{ group: "window", name, quick: true, shape: long },
    entrants: (work) => {
      const less = attentionWork(short);
      const other = { flops: attentionFlops(short), expected: expectedAttention(less) };
      return [qkvAttention(make, work), { ...qkvAttention(make, less), by, ...other }];
    },
    ratiosOf: (rowBy) => ({ [`time over L ${short.queries}`]: 1 / rowBy(by)!.timesQkv }),
  });
}
