import { expect, test } from "vitest";
import { nodeOf } from "../../bench/peers/pages.js";
import { performanceBlock } from "../../bench/peers/performanceBlock.js";
import { readmeBlock } from "../../bench/peers/readmeBlock.js";
import {
  parsePeersReport,
  rowOf,
  type CaseResult,
  type Group,
  type PeersReport,
} from "../../bench/peers/report.js";
import { showPeers } from "../../bench/peers/show.js";

const ceiling = [0.02e-9, 0.02e-9, 0.02e-9];

function caseOf(group: Group, name: string, times: Record<string, number>): CaseResult {
  const flops = 1e9;
  const row = ([by, ms]: [string, number]) =>
    rowOf(
      { by, calls: 1, error: 1e-7, flops, ceiling, samples: Array(3).fill(ms / 1000) },
      Array(3).fill(times.qkv / 1000),
    );
  const dtype = name.includes("float64") ? "float64" : "float32";
  const rows = Object.entries(times).map(row);
  return { group, name, dtype, flops, bound: 1e-4, rows, failures: [] };
}

function reportOf(node: string, slower: number): PeersReport {
  const windowed = caseOf("window", "256, 1×16384×64", { qkv: 20 * slower });
  const decode = caseOf("decode", "1 query, 8×32768×64", { qkv: 4 * slower, "plain read": 3 });
  const threads = caseOf("threads", "2 threads, 2×4096×64", { qkv: 4 });
  const broken = caseOf("dense", "2×4096×64", { qkv: 50 * slower });
  broken.failures.push({ by: "onnxruntime-web", variant: "Attention", message: "a<b> overflow" });
  return {
    kind: "qkv peers",
    format: 1,
    date: "2026-01-02T03:04:05.000Z",
    command: "npm run bench:peers",
    measured: "dist/core.js",
    revision: { commit: "0123456789", modified: false },
    machine: {
      ...{ cpu: "Some processor", cores: 2, memoryGiB: 24, os: "Linux 6", arch: "x64" },
      ...{ load: 0.1, node, v8: "11.3" },
    },
    rounds: 3,
    versions: { "onnxruntime-web": "1.2.3" },
    skipped: ["jax-js: needs Node 22"],
    ceilings: { float32: 50 },
    cases: [
      caseOf("dense", "8×1024×64", { qkv: 25 * slower, "onnxruntime-web": 75, "tfjs-wasm": 500 }),
      broken,
      { ...windowed, ratios: { "time over L 4096": 4.02 } },
      { ...decode, ratios: { "bandwidth over plain read": 0.75 } },
      { ...threads, ratios: { scaling: 1.9, "scaling of multiply-add": 1.95 } },
      caseOf("tiny", "5 tokens, 1×5×64", { qkv: 0.008 * slower }),
      caseOf("matmul", "512³", { qkv: 10, "ndarray-gemm": 250 }),
      caseOf("matmul", "512³ float64", { qkv: 20, "ml-matrix": 100 }),
    ],
    memory: [
      {
        queries: 1024,
        keys: 131072,
        size: 64,
        resident: 12 * 2 ** 20,
        buffers: 2 ** 20,
        seconds: 1,
      },
    ],
    sink: 1,
  };
}

const [old, recent] = [reportOf("v20.1.0", 1.25), reportOf("v26.2.0", 1)];
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
  expect(cellsOf(block, "dense 2×4096×64")!.slice(5)).toEqual(["fails", "", "", ""]);
  // Neither of them is about operations, and neither float64 nor threads is a row.
  expect(cellsOf(block, "5 tokens")!.slice(0, 4)).toEqual([
    "5 tokens, 1×5×64",
    "10.0 µs",
    "",
    "8.00 µs",
  ]);
  expect(cellsOf(block, "decode")![2]).toBe("");
  expect(cellsOf(block, "matmul 512³ float64")).toBeUndefined();
  expect(cellsOf(block, "threads")).toBeUndefined();
  for (const fact of ["×4.02", "75 % (Node 20)", "12.0 MiB at D 64", "×1.90, pure", "×25.0"]) {
    expect(block).toContain(fact);
  }
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
  expect(block).toContain("- dense 2×4096×64, onnxruntime-web (Attention) fails: `a<b> overflow`");
  expect(block).toContain("- not measured: jax-js: needs Node 22");
  expect(block).toContain("1.90");
  expect(block).not.toMatch(/undefined|NaN/);
});

test("the terminal shows everything", () => {
  const text = showPeers(recent);
  for (const part of [
    "Some processor",
    "v26.2.0",
    "×20.0",
    "fails: a<b>",
    "skipped jax-js",
    "4.02",
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toMatch(/undefined|NaN/);
});

test("a result survives JSON, and no other file is taken for one", () => {
  expect(parsePeersReport(JSON.stringify(recent))).toEqual(recent);
  for (const text of ["null", "{}", '{"format":1,"cases":[]}']) {
    expect(() => parsePeersReport(text)).toThrow(TypeError);
  }
  expect(nodeOf(old)).toBe(20);
});
