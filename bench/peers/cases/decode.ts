import type { Tensor } from "qkv/core";
import { attentionCase } from "../../cases/attentionCase.js";
import { plainRead } from "../../ceiling/read.js";
import type { MakeLibrary } from "../../library.js";
import { batched } from "../../tensors.js";
import type { CaseSpec, Entrant } from "../../types.js";
import type { AttentionWork } from "../../work.js";
import type { Peer } from "../peer.js";
import { attentionPeers } from "../peers.js";

const shape = { heads: 8, queries: 1, keys: 32_768, size: 64 };
/** Keys and values, each read once. */
const bytes = 2 * 4 * shape.heads * shape.keys * shape.size;

/** One query over a cache, against the bandwidth of a plain read of as many bytes. */
export function decodeCase(make: MakeLibrary, peers: readonly Peer[]): CaseSpec {
  return attentionCase({
    ...{ group: "decode", name: "1 query, 8×32768×64", quick: true, shape, bytes },
    entrants: (work) => [cached(make, work), ...reader(), ...attentionPeers(peers, work)],
    ratiosOf: (rowBy): Record<string, number> => {
      const read = rowBy("plain read");
      return read ? { "bandwidth over plain read": read.timesQkv } : {};
    },
  });
}

/** None where the engine has no SIMD. */
function reader(): Entrant[] {
  const read = plainRead(bytes);
  if (!read) return [];
  const open = () => ({ ...read, results: () => [] });
  return [{ by: "plain read", ways: [{ open }], flops: 0, expected: null }];
}

/** True if the library can decode. */
export function canDecode(library: object): boolean {
  return "createKvCache" in library;
}

/** The cache is filled before the clock runs. */
function cached(make: MakeLibrary, { shape, q, k, v }: AttentionWork): Entrant {
  const { heads, keys: capacity, size } = shape;
  const open = async () => {
    const { createKvCache } = await make();
    const cache = createKvCache({ batch: 1, kvHeads: heads, headSize: size, capacity });
    const [query, keys, values] = [q, k, v].map((x) => batched(x) as Tensor<Float32Array>);
    cache.append(keys, values);
    const compute = () => cache.attention(query).data;
    return {
      run: () => compute()[0],
      results: () => [compute()],
      release: () => cache.release(),
    };
  };
  return { by: "qkv", ways: [{ open }] };
}
