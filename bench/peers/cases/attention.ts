import { qkvAttention, type MakeLibrary } from "../contestants/qkv.js";
import { attentionReference } from "../reference.js";
import type { CaseSpec, Entrant } from "../runCase.js";
import type { AttentionWork, Peer } from "../types.js";
import { attentionFlops, attentionWork } from "../work.js";

/** A float32 sum of a few thousand terms is this near; a key too many or too few is not. */
export const float32Bound = 2 ** -15;

type Shape = Omit<AttentionWork, "q" | "k" | "v">;

const shapes = [
  { heads: 8, length: 1024, size: 64, quick: true },
  { heads: 2, length: 4096, size: 64 },
  { heads: 4, length: 1024, size: 128 },
];

/** Peers that compute attention, each in its ways. */
export function attentionEntrants(peers: readonly Peer[], work: AttentionWork): Entrant[] {
  return peers.flatMap(({ name, attention }) =>
    attention ? [{ by: name, ways: attention(work) }] : [],
  );
}

function specOf(
  spec: Pick<CaseSpec, "group" | "name" | "quick">,
  shape: Shape,
  make: MakeLibrary,
  peers: readonly Peer[],
): CaseSpec {
  return {
    ...spec,
    dtype: "float32",
    flops: attentionFlops(shape),
    bound: float32Bound,
    prepare: async () => {
      const work = attentionWork(shape);
      return {
        expected: attentionReference(work),
        entrants: [
          { by: "qkv", ways: qkvAttention(make, work) },
          ...attentionEntrants(peers, work),
        ],
      };
    },
  };
}

/** Dense and causal attention of `H×L×D`, and five tokens. */
export function attentionCases(make: MakeLibrary, peers: readonly Peer[]): CaseSpec[] {
  const square = (group: "dense" | "causal"): CaseSpec[] =>
    shapes.map(({ heads, length, size, quick }) =>
      specOf(
        { group, name: `${heads}×${length}×${size}`, quick },
        { heads, queries: length, keys: length, size, causal: group === "causal" },
        make,
        peers,
      ),
    );
  const five: Shape = { heads: 1, queries: 5, keys: 5, size: 64, causal: false };
  return [
    ...square("dense"),
    ...square("causal"),
    specOf({ group: "tiny", name: "5 tokens, 1×5×64", quick: true }, five, make, peers),
  ];
}

/** Causal with a window of 256 keys, at two lengths in the same rounds: time has to grow like L. */
export function windowCases(make: MakeLibrary, peers: readonly Peer[]): CaseSpec[] {
  const shape = (length: number): Shape => ({
    ...{ heads: 1, queries: length, keys: length, size: 64, causal: true, left: 255 },
  });
  const short = { group: "window", name: "256, 1×4096×64", quick: true } as const;
  const [low, high] = [4096, 16384];
  return [
    specOf(short, shape(low), make, peers),
    {
      group: "window",
      name: "256, 1×16384×64",
      dtype: "float32",
      quick: true,
      flops: attentionFlops(shape(high)),
      bound: float32Bound,
      prepare: async () => {
        const [work, less] = [attentionWork(shape(high)), attentionWork(shape(low))];
        return {
          expected: attentionReference(work),
          entrants: [
            { by: "qkv", ways: qkvAttention(make, work) },
            {
              by: "qkv, L 4096",
              ways: qkvAttention(make, less),
              flops: attentionFlops(shape(low)),
              expected: attentionReference(less),
            },
          ],
        };
      },
      ratiosOf: (rowBy) => ({ "time over L 4096": 1 / rowBy("qkv, L 4096")!.timesQkv }),
    },
  ];
}
