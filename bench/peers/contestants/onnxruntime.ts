import { load, versionOf } from "../load.js";
import {
  attentionOfParts,
  attentionOperator,
  matmulModel,
  multiHeadOperator,
} from "../onnx/attention.js";
import { encodeModel, type Model } from "../onnx/model.js";
import type { AttentionWork, Contestant, Peer, Way } from "../types.js";
import { additiveMask, exchangeAxes } from "../work.js";

export interface OrtTensor {
  data: Float32Array;
  dims: readonly number[];
}

export interface Session {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}

/** The part of the interface of both runtimes that is used. */
export interface Ort {
  Tensor: new (
    type: "float32" | "int32" | "bool",
    data: Float32Array | Int32Array | Uint8Array,
    shape: readonly number[],
  ) => OrtTensor;
  InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  env: { wasm: { numThreads: number } };
}

/** A runtime and the options of its sessions. */
export interface Runtime {
  ort: Ort;
  options: object;
}

/** The native runtime, one thread. */
export async function loadOnnxruntimeNode(): Promise<Runtime> {
  // CommonJS that calls itself a module: loaders differ in what its default export is.
  const module = await load<Ort & { default: Ort }>("onnxruntime-node");
  const ort = module.InferenceSession ? module : module.default;
  const options = {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  };
  return { ort, options };
}

/** The same runtime in WebAssembly, one thread. */
export async function loadOnnxruntimeWeb(): Promise<Runtime> {
  const ort = await load<Ort>("onnxruntime-web");
  ort.env.wasm.numThreads = 1;
  return { ort, options: { executionProviders: ["wasm"] } };
}

export async function onnxruntimeNode(): Promise<Peer> {
  return peer("onnxruntime-node", await loadOnnxruntimeNode());
}

export async function onnxruntimeWeb(): Promise<Peer> {
  return peer("onnxruntime-web", await loadOnnxruntimeWeb());
}

/** A model and what it is given; `sequenceFirst` if its output is. */
interface Plan {
  model: Model;
  data: Record<string, Float32Array>;
  sequenceFirst?: AttentionWork;
}

function peer(name: string, { ort, options }: Runtime): Peer {
  const way = (variant: string | undefined, plan: () => Plan): Way => ({
    variant,
    open: () => openSession(ort, options, plan()),
  });
  return {
    name,
    version: versionOf(name),
    attention: (work) => plansOf(work).map(([variant, plan]) => way(variant, plan)),
    matmul: ({ m, k, n, a, b }) =>
      a instanceof Float32Array && b instanceof Float32Array
        ? [way(undefined, () => ({ model: matmulModel(m, k, n), data: { a, b } }))]
        : [],
  };
}

/** The ways to compute attention. Each makes its model and its inputs when it is tried. */
function plansOf(work: AttentionWork): [variant: string, plan: () => Plan][] {
  const { heads, queries, keys, causal, left, q, k, v } = work;
  const masked = { ...work, mask: causal };
  const data = () => ({ q, k, v, ...(causal ? { mask: additiveMask(work)! } : {}) });
  const plans: [string, () => Plan][] = [
    ["MatMul and Softmax", () => ({ model: attentionOfParts(masked), data: data() })],
    [
      causal ? "Attention with mask" : "Attention",
      () => ({ model: attentionOperator(masked), data: data() }),
    ],
  ];
  // The others cannot be told of a window.
  if (left !== undefined) return plans;
  if (causal) {
    const told = { ...work, mask: false };
    plans.push([
      "Attention is_causal",
      () => ({ model: attentionOperator(told), data: { q, k, v } }),
    ]);
  }
  const sequenceFirst = (data: Float32Array, length: number) =>
    exchangeAxes(data, heads, length, work.size);
  plans.push([
    "MultiHeadAttention",
    () => ({
      model: multiHeadOperator(work),
      data: { q: sequenceFirst(q, queries), k: sequenceFirst(k, keys), v: sequenceFirst(v, keys) },
      sequenceFirst: work,
    }),
  ]);
  return plans;
}

async function openSession(
  { Tensor, InferenceSession }: Ort,
  options: object,
  { model, data, sequenceFirst }: Plan,
): Promise<Contestant> {
  const session = await InferenceSession.create(encodeModel(model), options);
  const feeds = Object.fromEntries(
    model.inputs.map(({ name, shape }) => [
      name,
      new Tensor("float32", data[name], shape as readonly number[]),
    ]),
  );
  const compute = async () => (await session.run(feeds)).output.data;
  const headFirst = (output: Float32Array) => {
    if (!sequenceFirst) return output;
    const { queries, heads, size } = sequenceFirst;
    return exchangeAxes(output, queries, heads, size);
  };
  return {
    run: async () => (await compute())[0],
    results: async () => headFirst(await compute()),
    release: () => session.release(),
  };
}
