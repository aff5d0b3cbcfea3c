import { parentPort } from "node:worker_threads";
import { compute } from "./compute.js";
import type { Order, Ready } from "./protocol.js";

const port = parentPort!;
port.on("message", (order: Order) => port.postMessage(compute(order)));
port.postMessage({ ready: true } satisfies Ready);
