import type { FloatArray, Tensor } from "qkv/core";
import { batched, exchangeAxes } from "../../tensors.js";
import type { Contestant, Way } from "../../types.js";
import { additiveMask, type AttentionWork } from "../../work.js";
import { load, versionOf } from "../load.js";
import {
  attentionOfParts,
  attentionOperator,
  matmulModel,
  multiHeadOperator,
} from "../onnx/attention.js";
import { encodeModel, type Model } from "../onnx/model.js";
import type { Peer } from "../peer.js";

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

/** A model and what it is given. */
interface Plan {
  variant?: string;
  model: Model;
  /** Made when the plan is tried. */
  feeds: () => Record<string, { data: FloatArray; shape: readonly number[] }>;
  /** The shape of an output that has the sequence before the heads. */
  sequenceFirst?: readonly number[];
}

function peer(name: string, runtime: Runtime): Peer {
  const way = (plan: Plan): Way => ({
    variant: plan.variant,
    open: () => openSession(runtime, plan),
  });
  return {
    name,
    version: versionOf(name),
    attention: (work) => plansOf(work).map(way),
    matmul: ({ a, b }) => {
      const model = matmulModel(a.shape[0], a.shape[1], b.shape[1]);
      return a.dtype === "float32" ? [way({ model, feeds: () => ({ a, b }) })] : [];
    },
  };
}

/** The ways to compute attention. */
function plansOf({ shape, q, k, v }: AttentionWork): Plan[] {
  const { heads, queries, keys, size, causal = false, left } = shape;
  const sizes = { B: 1, H: heads, Hkv: heads, L: queries, S: keys, D: size, E: size };
  const qkv = { q: batched(q), k: batched(k), v: batched(v) };
  const mask = () => additiveMask(shape)!;
  const plans: Plan[] = [
    {
      variant: "MatMul and Softmax",
      model: attentionOfParts(causal, sizes),
      feeds: () => ({ ...qkv, ...(causal ? { mask: mask() } : {}) }),
    },
    {
      variant: causal ? "Attention with mask" : "Attention",
      model: attentionOperator(causal ? { mask: "float32" } : {}, sizes),
      feeds: () => ({ ...qkv, ...(causal ? { mask: batched(batched(mask())) } : {}) }),
    },
  ];
  // The others have no window.
  if (left !== undefined) return plans;
  if (causal) {
    const model = attentionOperator({ causal }, sizes);
    plans.push({ variant: "Attention is_causal", model, feeds: () => qkv });
  }
  const merged = ({ data, shape }: Tensor<FloatArray>) => {
    const exchanged = exchangeAxes(data, shape);
    return { data: exchanged.data, shape: [1, exchanged.shape[0], heads * size] };
  };
  plans.push({
    variant: "MultiHeadAttention",
    model: multiHeadOperator({ heads, causal }, sizes),
    feeds: () => ({ q: merged(q), k: merged(k), v: merged(v) }),
    sequenceFirst: [queries, heads, size],
  });
  return plans;
}

async function openSession(
  { ort: { Tensor, InferenceSession }, options }: Runtime,
  { model, feeds, sequenceFirst }: Plan,
): Promise<Contestant> {
  const session = await InferenceSession.create(await encodeModel(model), options);
  const given = Object.fromEntries(
    Object.entries(feeds()).map(([name, { data, shape }]) => [
      name,
      new Tensor("float32", data as Float32Array, shape),
    ]),
  );
  const compute = async () => (await session.run(given)).output.data;
  const headFirst = (output: Float32Array) =>
    sequenceFirst ? exchangeAxes(output, sequenceFirst).data : output;
  return {
    run: async () => (await compute())[0],
    results: async () => [headFirst(await compute())],
    release: () => session.release(),
  };
}
