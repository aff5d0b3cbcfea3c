// A module worker for Node's worker_threads: computes one job after the other.
import { parentPort } from "node:worker_threads";
import { attention } from "qkv/core";

parentPort.on("message", ({ id, query, key, value, options }) => {
  try {
    const output = attention(query, key, value, options);
    // Transferred, not copied: the output has a buffer of its own.
    parentPort.postMessage({ id, output }, [output.data.buffer]);
  } catch (error) {
    parentPort.postMessage({ id, error: error.message });
  }
});
