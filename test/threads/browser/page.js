// The page of `npm run test:browser`: checks the built package and reports what it saw.
import * as core from "/dist/core.js";
import { createThreadedEngine } from "/dist/threads.js";

const { masks } = core;
const checks = [];
async function check(name, run) {
  try {
    await run();
    checks.push({ name });
  } catch (error) {
    checks.push({ name, error: String(error) });
  }
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

async function messageOf(promise) {
  return promise.then(
    () => "nothing was rejected",
    (error) => String(error),
  );
}

function sameBits(a, b, what) {
  const [x, y] = [a.data, b.data].map(({ buffer }) => new Uint8Array(buffer));
  const at = x.length === y.length ? x.findIndex((byte, i) => byte !== y[i]) : 0;
  expect(at < 0, `${what}: byte ${at} differs`);
}

// What the numbers are does not matter: two ways to compute with the same ones are compared.
function numbers(shape, seed, Array = Float32Array) {
  const size = shape.reduce((a, n) => a * n, 1);
  return core.tensor(
    Array.from({ length: size }, (_, i) => 2 * Math.sin(seed + i * i)),
    { shape },
  );
}

if (crossOriginIsolated) {
  const engine = await createThreadedEngine({ threads: 3 });
  for (const Array of [Float32Array, Float64Array]) {
    await check(`attention has the bits of one thread, ${Array.name}`, async () => {
      const q = numbers([2, 4, 300, 32], 1, Array);
      const k = numbers([2, 2, 333, 32], 2, Array);
      const cases = [
        {},
        { causal: "bottomRight", window: { left: 40 } },
        { allow: masks.where((b, h, i, j) => (i + j + h) % 3 > 0), softcap: 4 },
        { bias: core.biases.alibi([1, 0.5, 0.25, 0.125], { align: "topLeft" }) },
      ];
      for (const options of cases) {
        const all = { grouped: true, ...options };
        const threaded = await engine.attentionWithWeights(q, k, k, all);
        const alone = core.attentionWithWeights(q, k, k, all);
        sameBits(threaded.output, alone.output, Object.keys(options).join());
        sameBits(threaded.weights, alone.weights, `weights, ${Object.keys(options).join()}`);
      }
    });
    await check(`matmul has the bits of one thread, ${Array.name}`, async () => {
      const [a, b] = [numbers([2, 257, 80], 3, Array), numbers([90, 80], 4, Array)];
      const options = { transposeB: true };
      sameBits(await engine.matmul(a, b, options), core.matmul(a, b, options), "matmul");
    });
  }
  await check("errors are those of one thread", async () => {
    const message = await messageOf(engine.attention([[1]], [[1]], [[1]], { isCausal: true }));
    expect(message.startsWith("TypeError: attention(): options.isCausal:"), message);
  });
  await check("the page is not blocked, and an abort is prompt", async () => {
    const slow = core.zeros([2, 3000, 64]);
    const controller = new AbortController();
    const options = { engine: "portable", signal: controller.signal };
    const call = messageOf(engine.attention(slow, slow, slow, options));
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    await new Promise((resolve) => setTimeout(resolve, 200));
    clearInterval(ticking);
    expect(ticks > 5, `${ticks} ticks in 200 ms`);
    controller.abort(new Error("enough"));
    expect((await call) === "Error: enough", await call);
  });
  await check("close() rejects what is pending", async () => {
    const slow = core.zeros([2, 3000, 64]);
    const call = messageOf(engine.attention(slow, slow, slow));
    await engine.close();
    expect((await call).includes("got one that is closed"), await call);
  });
  await check("a worker that is not there", async () => {
    const message = await messageOf(createThreadedEngine({ threads: 1, workerUrl: "/gone.js" }));
    expect(message.includes("expected a worker that starts"), message);
  });
} else {
  await check("the error names the headers", async () => {
    const message = await messageOf(createThreadedEngine());
    for (const header of [
      "Cross-Origin-Opener-Policy: same-origin",
      "Cross-Origin-Embedder-Policy: require-corp",
    ]) {
      // prettier-ignore
      expect(message.startsWith("RangeError") && message.includes(header), message);
    }
  });
}
await fetch("/report", { method: "POST", body: JSON.stringify(checks) });
