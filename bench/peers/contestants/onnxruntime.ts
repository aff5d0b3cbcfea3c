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
  /** Data and axes. */
  feeds: Record<string, [data: Float32Array, shape: readonly number[]]>;
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
        ? [
            way(undefined, () => ({
              model: matmulModel(m, k, n),
              feeds: { a: [a, [m, k]], b: [b, [k, n]] },
            })),
          ]
        : [],
  };
}

/** The ways to compute attention. Each makes its model and its inputs when it is tried. */
function plansOf(work: AttentionWork): [variant: string, plan: () => Plan][] {
  const { heads, queries, keys, size, causal, left, q, k, v } = work;
  const sizes = { B: 1, H: heads, Hkv: heads, L: queries, S: keys, D: size, E: size };
  const qkv: Plan["feeds"] = {
    q: [q, [1, heads, queries, size]],
    k: [k, [1, heads, keys, size]],
    v: [v, [1, heads, keys, size]],
  };
  const masked = (axes: readonly number[]): Plan["feeds"] =>
    causal ? { ...qkv, mask: [additiveMask(work)!, [...axes, queries, keys]] } : qkv;
  const plans: [string, () => Plan][] = [
    ["MatMul and Softmax", () => ({ model: attentionOfParts(causal, sizes), feeds: masked([]) })],
    [
      causal ? "Attention with mask" : "Attention",
      () => ({
        model: attentionOperator(causal ? { mask: "float32" } : {}, sizes),
        feeds: masked([1, 1]),
      }),
    ],
  ];
  // The others cannot be told of a window.
  if (left !== undefined) return plans;
  if (causal) {
    const model = attentionOperator({ causal }, sizes);
    plans.push(["Attention is_causal", () => ({ model, feeds: qkv })]);
  }
  const merged = (data: Float32Array, length: number): Plan["feeds"][string] => [
    exchangeAxes(data, heads, length, size),
    [1, length, heads * size],
  ];
  plans.push([
    "MultiHeadAttention",
    () => ({
      model: multiHeadOperator({ heads, causal }, sizes),
      feeds: { q: merged(q, queries), k: merged(k, keys), v: merged(v, keys) },
      sequenceFirst: work,
    }),
  ]);
  return plans;
}

async function openSession(
  { Tensor, InferenceSession }: Ort,
  options: object,
  { model, feeds, sequenceFirst }: Plan,
): Promise<Contestant> {
  const session = await InferenceSession.create(await encodeModel(model), options);
  const given = Object.fromEntries(
    Object.entries(feeds).map(([name, feed]) => [name, new Tensor("float32", ...feed)]),
  );
  const compute = async () => (await session.run(given)).output.data;
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
