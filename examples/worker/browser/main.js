import { format, tensor } from "../../../dist/core.js";

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

worker.onmessage = ({ data: { output, error } }) => {
  document.querySelector("output").textContent = error ?? format(output);
};

const query = tensor([
  [1, 0],
  [0, 1],
]);
const key = tensor([
  [1, 0],
  [0, 1],
  [1, 1],
]);
const value = tensor([
  [10, 0],
  [0, 10],
  [5, 5],
]);
const options = { causal: "bottomRight" };
worker.postMessage({ id: 0, query, key, value, options });
