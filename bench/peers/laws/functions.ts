// The functions under the laws. Counterexamples import them by these names.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/step.js";
import type { AttentionFunction, Supports } from "../../../src/testing/index.js";
import {
  handWritten as makeHandWritten,
  handWrittenSupports,
} from "../../../test/testing/handWritten.js";
import { library, librarySupports } from "../../../src/cli/selftest/library.js";
import { loadJax } from "../contestants/jax.js";
import { loadOnnxruntimeNode, loadOnnxruntimeWeb } from "../contestants/onnxruntime.js";
import { loadTfjs } from "../contestants/tfjs.js";
import { versionOf } from "../load.js";
import { jaxAttention } from "./adapters/jax.js";
import { multiHeadAttention } from "./adapters/multiHead.js";
import { onnxAttention } from "./adapters/onnxruntime.js";
import { tfjsAttention } from "./adapters/tfjs.js";
import {
  jaxFunction,
  multiHeadOperator,
  onnxBoolMask,
  onnxFloatMask,
  supportsOf,
  tfjsTutorial,
} from "./claims.js";

/** One column of the matrix. */
export interface LawFunction {
  /** As the table says it. */
  readonly name: string;
  /** The export of this module. */
  readonly source: string;
  /** What computes. */
  readonly what: string;
  /** The packages that take part, by name. */
  readonly packages: readonly string[];
  readonly supports: Supports;
  readonly attend: AttentionFunction;
  /** Loads it; rejects where it does not run. */
  readonly start?: () => Promise<unknown>;
}

export const qkvPortable = library("portable");
export const qkvWasm = library("wasm");
export const handWritten: AttentionFunction = makeHandWritten();

const web = once(loadOnnxruntimeWeb);
const native = once(loadOnnxruntimeNode);
const tfjs = once(loadTfjs);
const jax = once(loadJax);

export const onnxruntimeWeb = adapted(web, onnxAttention);
export const onnxruntimeNode = adapted(native, onnxAttention);
export const multiHeadWeb = adapted(web, multiHeadAttention);
export const multiHeadNode = adapted(native, multiHeadAttention);
export const tfjsCpu = adapted(tfjs, (tf) => tfjsAttention(tf, "cpu"));
export const tfjsWasm = adapted(tfjs, (tf) => tfjsAttention(tf, "wasm"));
export const jaxJs = adapted(jax, jaxAttention);

const operator = "the Attention operator of opset 23";
const tutorial = "matMul, 1/√D, (1 − mask)·(−10⁹), softmax, matMul";
const tfjsPackages = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"];

export const lawFunctions: readonly LawFunction[] = [
  {
    name: "qkv portable",
    source: "qkvPortable",
    what: "attention, JavaScript",
    packages: ["qkv"],
    supports: librarySupports,
    attend: qkvPortable,
  },
  {
    name: "qkv wasm",
    source: "qkvWasm",
    what: "attention, WebAssembly",
    packages: ["qkv"],
    supports: librarySupports,
    attend: qkvWasm,
  },
  {
    name: "hand-written",
    source: "handWritten",
    what: "plain loops in float32, a function of the tests",
    packages: [],
    supports: handWrittenSupports,
    attend: handWritten,
  },
  {
    name: "ort-web bool",
    source: "onnxruntimeWeb",
    what: `${operator}, WebAssembly, a boolean mask`,
    packages: ["onnxruntime-web"],
    supports: supportsOf(onnxBoolMask),
    attend: onnxruntimeWeb,
    start: web,
  },
  {
    name: "ort-web float",
    source: "onnxruntimeWeb",
    what: `${operator}, WebAssembly, a mask that is added`,
    packages: ["onnxruntime-web"],
    supports: supportsOf(onnxFloatMask),
    attend: onnxruntimeWeb,
    start: web,
  },
  {
    name: "ort-web MHA",
    source: "multiHeadWeb",
    what: `onnxruntime's own MultiHeadAttention, WebAssembly`,
    packages: ["onnxruntime-web"],
    supports: supportsOf(multiHeadOperator),
    attend: multiHeadWeb,
    start: web,
  },
  {
    name: "ort-node bool",
    source: "onnxruntimeNode",
    what: `${operator}, native, a boolean mask`,
    packages: ["onnxruntime-node"],
    supports: supportsOf(onnxBoolMask),
    attend: onnxruntimeNode,
    start: native,
  },
  {
    name: "ort-node float",
    source: "onnxruntimeNode",
    what: `${operator}, native, a mask that is added`,
    packages: ["onnxruntime-node"],
    supports: supportsOf(onnxFloatMask),
    attend: onnxruntimeNode,
    start: native,
  },
  {
    name: "ort-node MHA",
    source: "multiHeadNode",
    what: `onnxruntime's own MultiHeadAttention, native`,
    packages: ["onnxruntime-node"],
    supports: supportsOf(multiHeadOperator),
    attend: multiHeadNode,
    start: native,
  },
  {
    name: "tfjs cpu",
    source: "tfjsCpu",
    what: `${tutorial}; backend cpu`,
    packages: tfjsPackages.slice(0, 1),
    supports: supportsOf(tfjsTutorial),
    attend: tfjsCpu,
    start: tfjs,
  },
  {
    name: "tfjs wasm",
    source: "tfjsWasm",
    what: `${tutorial}; backend wasm`,
    packages: tfjsPackages,
    supports: supportsOf(tfjsTutorial),
    attend: tfjsWasm,
    start: tfjs,
  },
  {
    name: "jax-js",
    source: "jaxJs",
    what: "nn.dotProductAttention, WebAssembly",
    packages: ["@jax-js/jax"],
    supports: supportsOf(jaxFunction),
    attend: jaxJs,
    start: jax,
  },
];

/** The version of a package that takes part. */
export function versionOfPackage(name: string): string {
  if (name !== "qkv") return versionOf(name);
  const file = join(root, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

/** Loads and adapts a library when the function is first called. */
function adapted<T>(
  load: () => Promise<T>,
  adapt: (library: T) => AttentionFunction,
): AttentionFunction {
  const ready = once(async () => adapt(await load()));
  return async (...call) => (await ready())(...call);
}
