import { expect, test } from "vitest";
import { nodeOf } from "../../bench/peers/pages.js";
import { performanceBlock } from "../../bench/peers/performanceBlock.js";
import { readmeBlock } from "../../bench/peers/readmeBlock.js";
import type { Report } from "../../bench/report.js";
import { caseOf, reportOf } from "./reportOf.js";

function peersReport(node: string, slower: number): Report {
  const broken = caseOf("causal", "8×1024×64", { qkv: 50 * slower });
  broken.failures.push({ by: "onnxruntime-web", variant: "Attention", message: "a<b> overflow" });
  const scaling = { scaling: 1.9, "scaling of multiply-add": 1.95 };
  const sizes = { queries: 1024, keys: 131072, size: 64 };
  return reportOf(node, {
    command: "npm run bench:peers",
    versions: { "onnxruntime-web": "1.2.3" },
    skipped: ["jax-js: needs Node 22"],
    cases: [
      caseOf("dense", "8×1024×64", { qkv: 25 * slower, "onnxruntime-web": 75, "tfjs-wasm": 500 }),
      broken,
      caseOf("window", "256, 1×16384×64", { qkv: 20 }, { ratios: { "time over L 4096": 4.02 } }),
      caseOf(
        "decode",
        "1 query, 8×32768×64",
        { qkv: 4 * slower, "plain read": 3 },
        { ratios: { "bandwidth over plain read": 0.75 } },
      ),
      caseOf("threads", "2 threads, 2×4096×64", { qkv: 4 }, { ratios: scaling }),
      caseOf("tiny", "5 tokens, 1×5×64", { qkv: 0.008 * slower }),
      caseOf("matmul", "512³", { qkv: 10, "ndarray-gemm": 250 }),
      caseOf("matmul", "512³", { qkv: 20, "ml-matrix": 100 }, { dtype: "float64" }),
    ],
    memory: [{ ...sizes, resident: 12 * 2 ** 20, buffers: 2 ** 20, seconds: 1 }],
  });
}

const [old, recent] = [peersReport("v20.1.0", 1.25), peersReport("v26.2.0", 1)];
const cellsOf = (block: string, title: string) =>
  block
    .split("\n")
    .find((line) => line.startsWith(`| ${title}`))
    ?.split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

test("the README has a column for each Node, and the ratios of the newest", () => {
  const block = readmeBlock([old, recent]);
  expect(cellsOf(block, "work")).toEqual([
    ...["work", "Node 20", "of ceiling", "Node 26", "of ceiling"],
    ...["onnxruntime-web", "onnxruntime-node", "tfjs-wasm", "jax-js"],
  ]);
  expect(cellsOf(block, "dense 8×1024×64")).toEqual([
    ...["dense 8×1024×64", "31.3 ms", "64 %", "25.0 ms", "80 %"],
    ...["×3.00", "", "×20.0", ""],
  ]);
  expect(cellsOf(block, "causal 8×1024×64")!.slice(5)).toEqual(["fails", "", "", ""]);
  // Decoding is not about operations, and the rest is on the page on performance.
  expect(cellsOf(block, "decode")![2]).toBe("");
  expect(cellsOf(block, "matmul 512³ float64")).toBeUndefined();
  expect(cellsOf(block, "threads")).toBeUndefined();
  expect(cellsOf(block, "5 tokens")).toBeUndefined();
  expect(cellsOf(block, "window 256, 1×16384×64")).toBeUndefined();
  expect(block).toContain("](docs/performance.md)");
  expect(block).not.toMatch(/undefined|NaN/);
});

test("a machine that was not quiet is named", () => {
  expect(readmeBlock([old, recent])).not.toContain("not quiet");
  const busy = { ...recent, machine: { ...recent.machine, load: 2.5 } };
  expect(readmeBlock([old, busy])).toContain("not quiet: load 2.5");
  expect(performanceBlock([old, busy]).match(/not quiet/g)).toHaveLength(1);
});

test("one result is enough, and none is an error", () => {
  const bare = { ...recent, memory: [], cases: recent.cases.slice(0, 1) };
  expect(cellsOf(readmeBlock([bare]), "dense 8×1024×64")).toHaveLength(7);
  expect(readmeBlock([bare])).not.toMatch(/undefined|NaN|MiB/);
  expect(() => readmeBlock([])).toThrow(RangeError);
});

test("a case that only the newer result has leaves the older column empty", () => {
  const block = readmeBlock([{ ...old, cases: [] }, recent]);
  expect(cellsOf(block, "dense 8×1024×64")!.slice(1, 4)).toEqual(["", "", "25.0 ms"]);
});

test("the page has a section for each Node, with times, failures and what was left out", () => {
  const block = performanceBlock([old, recent]);
  expect(block.match(/^### .*$/gm)).toEqual(["### Node 20", "### Node 26"]);
  expect(block).toContain("75.0 ms ×3.00");
  expect(block).toContain("| matmul 512³ float64 ");
  expect(block).toContain("Peers: onnxruntime-web 1.2.3. Ceiling: 50.0 GFLOP/s in float32.");
  expect(block).toContain("- causal 8×1024×64, onnxruntime-web (Attention) fails: `a<b> overflow`");
  expect(block).toContain("- not measured: jax-js: needs Node 22");
  expect(block).toContain("1.90");
  expect(block).not.toMatch(/undefined|NaN/);
});

test("the newest Node is the last", () => {
  expect([old, recent].map(nodeOf)).toEqual([20, 26]);
});
