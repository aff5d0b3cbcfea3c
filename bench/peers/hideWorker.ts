/**
 * onnxruntime-web makes a global `Worker` in Node, from which jax-js would conclude that it is in a
 * browser and can start threads. All peers compute on one thread here: none gets to see it.
 */
export function hideWorker(): void {
  Object.defineProperty(globalThis, "Worker", {
    configurable: true,
    get: () => undefined,
    set: () => {},
  });
}
