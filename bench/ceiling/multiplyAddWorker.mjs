// One thread of pure multiply-adds: receives { bytes, count, times }, answers when it is done.
// JavaScript, so that a worker runs it as it is.
import { parentPort, workerData } from "node:worker_threads";

const { bytes, count, x, y } = workerData;
const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;

parentPort.on("message", (times) => {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += run(count, x, y);
  parentPort.postMessage(sum);
});
