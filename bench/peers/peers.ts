import { oneLine } from "../runCases.js";
import type { Entrant } from "../types.js";
import type { AttentionWork, MatmulWork } from "../work.js";
import { jax } from "./contestants/jax.js";
import { mlMatrix, ndarrayGemm } from "./contestants/matrices.js";
import { onnxruntimeNode, onnxruntimeWeb } from "./contestants/onnxruntime.js";
import { tfjs } from "./contestants/tfjs.js";
import { hideWorker } from "./hideWorker.js";
import type { Peer } from "./peer.js";

const loaders: [name: string, load: () => Promise<Peer>][] = [
  ["onnxruntime-web", onnxruntimeWeb],
  ["onnxruntime-node", onnxruntimeNode],
  ["tfjs-wasm", tfjs],
  ["jax-js", jax],
  ["ndarray-gemm", ndarrayGemm],
  ["ml-matrix", mlMatrix],
];

/** Loads every peer that runs here; what does not run is named with its reason. */
export async function loadPeers(): Promise<{ peers: Peer[]; absent: string[] }> {
  hideWorker();
  const peers: Peer[] = [];
  const absent: string[] = [];
  for (const [name, load] of loaders) {
    try {
      peers.push(await load());
    } catch (error) {
      absent.push(`${name}: does not load: ${oneLine(error)}`);
    }
  }
  return { peers, absent };
}

/** Peers that compute attention, each in its ways. */
export function attentionPeers(peers: readonly Peer[], work: AttentionWork): Entrant[] {
  return peers.flatMap(({ name, attention }) =>
    attention ? [{ by: name, ways: attention(work) }] : [],
  );
}

/** Peers that multiply matrices. */
export function matmulPeers(peers: readonly Peer[], work: MatmulWork): Entrant[] {
  return peers.flatMap(({ name, matmul }) => {
    const ways = matmul?.(work) ?? [];
    return ways.length > 0 ? [{ by: name, ways }] : [];
  });
}
