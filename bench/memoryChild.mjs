// Working memory of one call, in a process of its own: node --expose-gc memoryChild.mjs <core.js> <L> <S> <D>
// JavaScript, so that no loader adds its own memory.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [file, ...sizes] = process.argv.slice(2);
const [queries, keys, size] = sizes.map(Number);

const memories = [];
WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(Memory, limits) {
    const memory = new Memory(...limits);
    memories.push(memory);
    return memory;
  },
});
const { attention } = await import(pathToFileURL(file).href);

/** Numbers in −1 … 1; which ones they are does not matter here. */
function filled(length) {
  const data = new Float32Array(length * size);
  for (let i = 0; i < data.length; i++) data[i] = Math.sin(i);
  return view(data, length);
}

function view(data, length) {
  return { data, shape: [length, size], stride: [size, 1], offset: 0, dtype: "float32" };
}

const status = "/proc/self/status";

/** Bytes of the largest resident set so far. */
function peak() {
  if (!existsSync(status)) return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(status, "utf8"))[1]) * 1024;
}

/** From here on the largest resident set counts anew, where the system can do that. */
function resetPeak() {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // The growth is then at least what it was: an earlier peak can only make it look larger.
  }
}

/** Bytes of array buffers and of WebAssembly, which not every version of Node counts anywhere. */
function buffers() {
  globalThis.gc();
  const pages = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return process.memoryUsage().arrayBuffers + pages;
}

const [query, key, value] = [filled(queries), filled(keys), filled(keys)];
// A page that was never written is not resident, and would be counted as working memory.
const out = view(new Float32Array(queries * size).fill(1), queries);

const before = buffers();
resetPeak();
const resident = existsSync(status) ? process.memoryUsage().rss : peak();
const start = performance.now();
attention(query, key, value, { out });
const seconds = (performance.now() - start) / 1000;
const largest = peak();
const after = buffers();

if (!out.data.every(Number.isFinite)) throw new Error("the output is not finite");
console.log(
  JSON.stringify({
    queries,
    keys,
    size,
    resident: Math.max(0, largest - resident),
    buffers: Math.max(0, after - before),
    seconds,
  }),
);
