import { jax } from "./contestants/jax.js";
import { mlMatrix, ndarrayGemm } from "./contestants/matrices.js";
import { onnxruntimeNode, onnxruntimeWeb } from "./contestants/onnxruntime.js";
import { tfjs } from "./contestants/tfjs.js";
import { hideWorker } from "./hideWorker.js";
import { oneLine } from "./runCase.js";
import type { AbsentPeer, Peer } from "./types.js";

const loaders: [name: string, load: () => Promise<Peer>][] = [
  ["onnxruntime-web", onnxruntimeWeb],
  ["onnxruntime-node", onnxruntimeNode],
  ["tfjs-wasm", tfjs],
  ["jax-js", jax],
  ["ndarray-gemm", ndarrayGemm],
  ["ml-matrix", mlMatrix],
];

/** Loads every peer that runs here; what does not run is named with its reason. */
export async function loadPeers(): Promise<{ peers: Peer[]; absent: AbsentPeer[] }> {
  hideWorker();
  const peers: Peer[] = [];
  const absent: AbsentPeer[] = [];
  for (const [name, load] of loaders) {
    try {
      peers.push(await load());
    } catch (error) {
      absent.push({ name, reason: `does not load: ${oneLine(error)}` });
    }
  }
  return { peers, absent };
}
