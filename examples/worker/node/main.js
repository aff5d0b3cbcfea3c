// Attention in worker threads: every worker takes some of the heads. Heads do not depend on each
// other, so that the parts have the bits of one call over all of them.
//
//   npm run build && node examples/worker/node/main.js
//
// A plain tensor of qkv/core can be sent as it is; an NdArray would lose its methods on the way.
// Rules of `masks` hold functions, which cannot be sent: send `causal`, `window`, lengths or booleans.
import { Worker } from "node:worker_threads";
import { attention, tensor } from "qkv/core";

const [H, L, D] = [4, 31, 8];
const options = { causal: true };
const [query, key, value] = [3, 5, 7].map((step) => {
  const numbers = Float32Array.from({ length: H * L * D }, (_, i) => ((i * step) % 17) / 17 - 0.5);
  return tensor(numbers, { shape: [H, L, D] });
});

/** The heads `from … to − 1` in memory of their own, which can be sent without the rest. */
function takeHeads({ data }, from, to) {
  return tensor(data.slice(from * L * D, to * L * D), { shape: [to - from, L, D] });
}

/** Sends one job to a worker and waits for its answer. */
function send(worker, job) {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    const buffers = [job.query, job.key, job.value].map(({ data }) => data.buffer);
    worker.postMessage(job, buffers);
  });
}

const workers = [0, 1].map(() => new Worker(new URL("./worker.js", import.meta.url)));
const share = H / workers.length;
const answers = await Promise.all(
  workers.map((worker, id) => {
    const [q, k, v] = [query, key, value].map((x) => takeHeads(x, id * share, (id + 1) * share));
    return send(worker, { id, query: q, key: k, value: v, options });
  }),
);
await Promise.all(workers.map((worker) => worker.terminate()));

const whole = attention(query, key, value, options);
for (const { id, output, error } of answers) {
  if (error) throw new Error(error);
  const expected = takeHeads(whole, id * share, (id + 1) * share).data;
  const same = output.data.every((x, i) => Object.is(x, expected[i]));
  console.log(`worker ${id}: ${output.shape[0]} heads, the bits of one call: ${same}`);
}
