// A module worker for the browser: `new Worker("worker.js", { type: "module" })`. It imports the one file
// that the package builds for it; with a bundler, write "qkv/core" instead.
import { attention } from "../../../dist/core.js";

self.onmessage = ({ data: { id, query, key, value, options } }) => {
  try {
    const output = attention(query, key, value, options);
    self.postMessage({ id, output }, [output.data.buffer]);
  } catch (error) {
    self.postMessage({ id, error: error.message });
  }
};
