import type { FloatArray, Tensor } from "qkv/core";
import { plainRead, type PlainRead } from "../../ceiling/read.js";
import { tensorsOf, view, type MakeLibrary } from "../contestants/qkv.js";
import { attentionReference } from "../reference.js";
import type { CaseSpec, Entrant } from "../runCase.js";
import type { AttentionWork, Peer, Way } from "../types.js";
import { attentionFlops, attentionWork } from "../work.js";
import { attentionEntrants, float32Bound } from "./attention.js";

const shape = { heads: 8, queries: 1, keys: 32_768, size: 64, causal: false };
/** Keys and values, each read once. */
const bytes = 2 * 4 * shape.heads * shape.keys * shape.size;

/** One query over a cache, against the bandwidth of a plain read of as many bytes. */
export function decodeCases(make: MakeLibrary, peers: readonly Peer[]): CaseSpec[] {
  return [
    {
      group: "decode",
      name: "1 query, 8×32768×64",
      dtype: "float32",
      quick: true,
      flops: attentionFlops(shape),
      bytes,
      bound: float32Bound,
      prepare: async () => {
        const work = attentionWork(shape);
        const read = plainRead(bytes);
        return {
          expected: attentionReference(work),
          entrants: [
            { by: "qkv", ways: [cached(make, work)] },
            ...(read ? [readEntrant(read)] : []),
            ...attentionEntrants(peers, work),
          ],
        };
      },
      ratiosOf: (rowBy): Record<string, number> => {
        const read = rowBy("plain read");
        return read ? { "bandwidth over plain read": read.timesQkv } : {};
      },
    },
  ];
}

function readEntrant(read: PlainRead): Entrant {
  const open = () => ({ ...read, results: () => Float32Array.of() });
  return { by: "plain read", ways: [{ open }], flops: 0, expected: null };
}

/** The part of the cache of qkv that is used. */
interface Decoding {
  createKvCache(options: Record<"batch" | "kvHeads" | "headSize" | "capacity", number>): {
    append(key: Tensor<FloatArray>, value: Tensor<FloatArray>): unknown;
    attention(query: Tensor<FloatArray>): { data: FloatArray };
    release(): void;
  };
}

/** True if the library can decode. */
export function canDecode(library: object): boolean {
  return "createKvCache" in library;
}

/** The cache is filled before the clock runs. */
function cached(make: MakeLibrary, work: AttentionWork): Way {
  const { heads, keys, size } = work;
  const open = async () => {
    const { createKvCache } = (await make()) as unknown as Decoding;
    const cache = createKvCache({ batch: 1, kvHeads: heads, headSize: size, capacity: keys });
    const [, k, v] = tensorsOf(work);
    const batched = ({ data, shape }: Tensor<Float32Array>) => view(data, [1, ...shape]);
    cache.append(batched(k), batched(v));
    const q = view(work.q, [1, heads, 1, size]);
    const compute = () => cache.attention(q).data;
    return { run: () => compute()[0], results: compute, release: () => cache.release() };
  };
  return { open };
}
