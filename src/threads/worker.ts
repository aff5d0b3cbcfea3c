import { compute } from "./compute.js";
import type { Order, Ready } from "./protocol.js";

// The worker of a browser.
declare const self: {
  onmessage: (event: { data: Order }) => void;
  postMessage(message: unknown): void;
};

self.onmessage = ({ data }) => self.postMessage(compute(data));
self.postMessage({ ready: true } satisfies Ready);
