import { jax } from "./contestants/jax.js";
import { mlMatrix, ndarrayGemm } from "./contestants/matrices.js";
import { onnxruntimeNode, onnxruntimeWeb } from "./contestants/onnxruntime.js";
import { tfjs } from "./contestants/tfjs.js";
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
    if (name === "jax-js" && !("navigator" in globalThis)) {
      absent.push({ name, reason: `needs Node 22 or newer, this is ${process.version}` });
      continue;
    }
    try {
      peers.push(await load());
    } catch (error) {
      absent.push({ name, reason: `does not load: ${oneLine(error)}` });
    }
  }
  return { peers, absent };
}

/**
 * onnxruntime-web makes a global `Worker` in Node, from which jax-js would conclude that it is in a
 * browser and can start threads. All peers compute on one thread here: none gets to see it.
 */
function hideWorker(): void {
  Object.defineProperty(globalThis, "Worker", {
    configurable: true,
    get: () => undefined,
    set: () => {},
  });
}
