import { describe, expect, test } from "vitest";
import { headFirst } from "../../bench/peers/laws/adapters/headFirst.js";
import { paddingMask } from "../../bench/peers/laws/adapters/multiHead.js";
import { addedMask, queryOf, requestOf } from "../../bench/peers/laws/adapters/onnxruntime.js";
import { allowedOf } from "../../bench/peers/laws/adapters/tfjs.js";
import { multiHeadOperator, onnxBoolMask, supportsOf } from "../../bench/peers/laws/claims.js";
import * as functions from "../../bench/peers/laws/functions.js";
import { knownOf } from "../../bench/peers/laws/known.js";
import { matrixOf } from "../../bench/peers/laws/matrix.js";
import { lawsBlock } from "../../bench/peers/laws/page.js";
import { differencesOf, type LawsReport } from "../../bench/peers/laws/report.js";
import { showLaws } from "../../bench/peers/laws/show.js";
import { exchangeAxes } from "../../bench/tensors.js";
import { freshTensor } from "../../src/tensor/index.js";
import { checkAttention, laws, readResult, type LawResult } from "../../src/testing/index.js";
import { whereOn } from "./reportOf.js";

const tensor = (data: number[], shape: number[]) => freshTensor(Float32Array.from(data), shape);
const bits = (data: number[], shape: number[]) => freshTensor(Uint8Array.from(data), shape);

test("the mask of MultiHeadAttention is lengths, or pairs of every batch entry", () => {
  const mask = bits([1, 0, 1, 1, 1, 1], [2, 3]);
  expect(paddingMask({}, 2, 2, 3)).toBeUndefined();
  expect(paddingMask({ keyLengths: [3, 1] }, 2, 2, 3)).toEqual({
    data: Int32Array.of(3, 1),
    shape: [2],
    axes: ["B"],
  });
  expect(paddingMask({ mask }, 1, 2, 3)).toMatchObject({ shape: [1, 2, 3], axes: ["B", "L", "S"] });
  const both = paddingMask({ mask, keyLengths: [3, 2] }, 2, 2, 3)!;
  expect([...both.data]).toEqual([1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0]);
});

describe("options of a call become those of ONNX", () => {
  test("a mask is boolean or added, a bias is added to it", () => {
    const mask = bits([1, 0], [1, 2]);
    const additiveMask = tensor([0, -Infinity], [1, 2]);
    const bias = tensor([3, 4], [1, 2]);
    expect(requestOf({})).toEqual({ causal: false, weights: false });
    expect(requestOf({ mask, causal: "topLeft" })).toMatchObject({ mask: "bool", causal: true });
    expect(requestOf({ additiveMask, weights: true })).toMatchObject({ mask: "float32" });
    expect(requestOf({ bias })).toMatchObject({ mask: "float32" });
    expect(addedMask({ mask })).toBeUndefined();
    expect(addedMask({ bias })).toBe(bias);
    expect(addedMask({ additiveMask })).toBe(additiveMask);
    expect([...addedMask({ additiveMask, bias })!.data]).toEqual([3, -Infinity]);
  });

  test("the sign of the scale goes into the query", () => {
    const query = tensor([1, -2], [1, 1, 1, 2]);
    expect(requestOf({ scale: -0.5 }).scale).toBe(0.5);
    expect([...queryOf(query, { scale: -0.5 }).data]).toEqual([-1, 2]);
    expect(queryOf(query, { scale: 0.5 })).toBe(query);
    expect(queryOf(query, {})).toBe(query);
  });
});

test("TensorFlow.js: mask and causality are one mask", () => {
  expect(allowedOf({}, 2, 2)).toBeUndefined();
  expect([...allowedOf({ causal: true }, 2, 2)!.data]).toEqual([1, 0, 1, 1]);
  const mask = bits([0, 1, 1, 1, 1, 1, 0, 1], [1, 2, 2, 2]);
  expect(allowedOf({ mask }, 2, 2)).toEqual({
    data: Float32Array.of(0, 1, 1, 1, 1, 1, 0, 1),
    shape: [1, 2, 2, 2],
  });
  const both = allowedOf({ mask, causal: true }, 2, 2)!;
  expect([...both.data]).toEqual([0, 0, 1, 1, 1, 0, 0, 1]);
});

test("an output with the sequence first is read with the heads first", () => {
  const [B, L, H, E] = [2, 5, 3, 2];
  const numbers = Float32Array.from({ length: B * L * H * E }, (_, at) => at);
  const turned = exchangeAxes(numbers, [B, L, H, E]).data;
  expect(readResult(headFirst(numbers, [B, H, L, E])).output.data).toEqual(turned);
});

test("claims give what checkAttention takes, and every function can be imported", async () => {
  expect(supportsOf(onnxBoolMask)).toMatchObject({ mask: "allow", causal: "topLeft", bias: false });
  expect(supportsOf(multiHeadOperator)).toMatchObject({ keyLengths: true, perHead: false });
  const idle = { runs: 1, only: ["inputs"] };
  for (const { name, source, attend, supports } of functions.lawFunctions) {
    expect(functions[source as keyof typeof functions], name).toBe(attend);
    // Options that do not exist would throw before the function is called.
    await checkAttention(() => 0, { ...idle, supports });
  }
});

test("what is known is about functions and laws that exist", () => {
  const ids = laws.map(({ id }) => id);
  for (const { name, packages } of functions.lawFunctions) {
    const { versions, broken } = knownOf(name);
    for (const id of Object.keys(broken)) expect(ids).toContain(id);
    if (!name.startsWith("qkv") && packages.length > 0) {
      expect(Object.keys(versions), name).toEqual(expect.arrayContaining([...packages]));
    }
  }
  expect(knownOf("nobody").broken).toEqual({});
});

function law(id: string, status: LawResult["status"], more: Partial<LawResult> = {}): LawResult {
  const told = { name: `the law ${id}`, equation: "a = b", cases: 60, seed: 1, milliseconds: 1 };
  return { id, status, ...told, ...more };
}

const counterexample = {
  message: "it is off",
  index: 0,
  sizes: { B: 1, H: 1, Hkv: 1, L: 1, S: 1, D: 1, E: 1 },
  code: "const here = 1;\n",
};
const broken = { reason: "a is 1, expected 2", counterexample };

function reportOf(changes: Partial<LawsReport> = {}): LawsReport {
  const tfjs = {
    what: "products",
    packages: ["@tensorflow/tfjs"],
    laws: [
      law("definition", "held", { worst: { deviation: 1, bound: 8 } }),
      law("fill-leak", "broken", broken),
      law("empty-row", "broken", broken),
      law("lse", "not applicable"),
    ],
    beyond: [law("decode", "broken", broken)],
    milliseconds: 1200,
  };
  return {
    kind: "qkv laws",
    command: "npm run laws:peers",
    ...whereOn("v26.2.0"),
    ...{ seed: 1, runs: 60 },
    versions: { "@tensorflow/tfjs": "4.22.0" },
    functions: [
      { ...tfjs, name: "tfjs cpu" },
      { ...tfjs, name: "tfjs wasm" },
    ],
    skipped: ["jax-js: needs another Node"],
    ...changes,
  };
}

/** The report of one function whose laws are these. */
const withLaws = (...list: LawResult[]): LawsReport => {
  const report = reportOf();
  return { ...report, functions: [{ ...report.functions[0], laws: list }] };
};

test("a result that is known is no difference", () => {
  expect(differencesOf(reportOf(), 60)).toEqual([]);
});

test("a law that breaks now, one that holds now, and one that was not run are", () => {
  const found = withLaws(
    law("definition", "broken", broken),
    law("fill-leak", "held"),
    law("empty-row", "broken", broken),
    law("linear", "not run"),
  );
  expect(differencesOf(found, 60)).toEqual([
    "tfjs cpu: breaks definition, known.ts says otherwise",
    "tfjs cpu: breaks fill-leak no longer, known.ts says otherwise",
    "tfjs cpu: linear was not run",
  ]);
  // A law that was not asked for is none.
  expect(differencesOf(withLaws(law("empty-row", "broken", broken)), 60)).toEqual([]);
});

test("fewer cases may miss a break, but not find another one", () => {
  const few = withLaws(law("fill-leak", "held"), law("scale", "broken", broken));
  expect(differencesOf({ ...few, runs: 5 }, 60)).toEqual([
    "tfjs cpu: breaks scale, known.ts says otherwise",
  ]);
});

test("another version is named where it differs", () => {
  const newer = {
    ...withLaws(law("fill-leak", "held")),
    versions: { "@tensorflow/tfjs": "5.0.0" },
  };
  expect(differencesOf(newer, 60)[0]).toContain(
    "@tensorflow/tfjs was 4.22.0 there and is 5.0.0 here",
  );
});

test("the matrix, the terminal and the page show everything", () => {
  expect(matrixOf(reportOf()).rows[0]).toEqual(["definition", "✓ 60", "✓ 60"]);
  expect(matrixOf(reportOf(), "beyond").rows).toEqual([["decode", "✗", "✗"]]);
  for (const shown of [showLaws(reportOf()), lawsBlock(reportOf())]) {
    for (const part of ["✗", "–", "4.22.0", "v26.2.0", "const here = 1;", "another Node"]) {
      expect(shown).toContain(part);
    }
    expect(shown).toContain(knownOf("tfjs cpu").broken["fill-leak"]);
    expect(shown).not.toMatch(/undefined|NaN[^ ,]/);
  }
  expect(lawsBlock(reportOf())).toContain("| 12.5 % of the bound | 1.2 s");
  // Functions for which it means the same share a section.
  expect(lawsBlock(reportOf()).match(/^### .*$/gm)).toEqual([
    "### fill-leak: tfjs cpu, tfjs wasm",
    "### empty-row: tfjs cpu, tfjs wasm",
  ]);
  expect(lawsBlock(withLaws(law("linear", "held")))).toContain("Nothing of what they claim.");
  expect(showLaws(withLaws(law("linear", "broken", broken)))).toContain("Not in known.ts.");
});
