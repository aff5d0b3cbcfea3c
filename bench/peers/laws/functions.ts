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

const web = once(async () => onnxAttention(await loadOnnxruntimeWeb()));
const native = once(async () => onnxAttention(await loadOnnxruntimeNode()));
const webMultiHead = once(async () => multiHeadAttention(await loadOnnxruntimeWeb()));
const nativeMultiHead = once(async () => multiHeadAttention(await loadOnnxruntimeNode()));
const tfjs = once(loadTfjs);
const jax = once(async () => jaxAttention(await loadJax()));

export const onnxruntimeWeb: AttentionFunction = async (...call) => (await web())(...call);
export const onnxruntimeNode: AttentionFunction = async (...call) => (await native())(...call);
export const multiHeadWeb: AttentionFunction = async (...call) => (await webMultiHead())(...call);
export const multiHeadNode: AttentionFunction = async (...call) =>
  (await nativeMultiHead())(...call);
export const tfjsCpu: AttentionFunction = async (...call) =>
  tfjsAttention(await tfjs(), "cpu")(...call);
export const tfjsWasm: AttentionFunction = async (...call) =>
  tfjsAttention(await tfjs(), "wasm")(...call);
export const jaxJs: AttentionFunction = async (...call) => (await jax())(...call);

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
    start: webMultiHead,
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
    start: nativeMultiHead,
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
