import { load, versionOf } from "../load.js";
import { attentionOfParts, attentionOperator, matmulModel } from "../onnx/attention.js";
import { encodeModel, type Model } from "../onnx/model.js";
import type { AttentionWork, Contestant, MatmulWork, Peer, Way } from "../types.js";
import { additiveMask } from "../work.js";

interface OrtTensor {
  data: Float32Array;
}

interface Session {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}

/** The part of the interface of both runtimes that is used. */
interface Ort {
  Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => OrtTensor;
  InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  env: { wasm: { numThreads: number } };
}

/** The native runtime, one thread. */
export async function onnxruntimeNode(): Promise<Peer> {
  // CommonJS that calls itself a module: loaders differ in what its default export is.
  const module = await load<Ort & { default: Ort }>("onnxruntime-node");
  const ort = module.InferenceSession ? module : module.default;
  const options = {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  };
  return peer("onnxruntime-node", ort, options);
}

/** The same runtime in WebAssembly, one thread. */
export async function onnxruntimeWeb(): Promise<Peer> {
  const ort = await load<Ort>("onnxruntime-web");
  ort.env.wasm.numThreads = 1;
  return peer("onnxruntime-web", ort, { executionProviders: ["wasm"] });
}

function peer(name: string, ort: Ort, options: object): Peer {
  const way = (variant: string | undefined, model: () => Model, data: () => Data): Way => ({
    variant,
    open: () => openSession(ort, options, model(), data()),
  });
  return {
    name,
    version: versionOf(name),
    attention(work) {
      const inputs = ({ mask }: { mask: boolean }) =>
        ({ ...dataOf(work), ...(mask ? { mask: additiveMask(work)! } : {}) }) as Data;
      const { causal, left } = work;
      const shape = { ...work, mask: causal };
      const ways = [
        way(
          "MatMul and Softmax",
          () => attentionOfParts(shape),
          () => inputs(shape),
        ),
        way(
          causal ? "Attention with mask" : "Attention",
          () => attentionOperator(shape),
          () => inputs(shape),
        ),
      ];
      // The operator has no window of its own.
      if (causal && left === undefined) {
        const told = { ...work, mask: false };
        ways.push(
          way(
            "Attention is_causal",
            () => attentionOperator(told),
            () => inputs(told),
          ),
        );
      }
      return ways;
    },
    matmul: ({ m, k, n, a, b }: MatmulWork) =>
      a instanceof Float32Array && b instanceof Float32Array
        ? [
            way(
              undefined,
              () => matmulModel(m, k, n),
              () => ({ a, b }),
            ),
          ]
        : [],
  };
}

type Data = Record<string, Float32Array>;

function dataOf({ q, k, v }: AttentionWork): Data {
  return { q, k, v };
}

async function openSession(
  { Tensor, InferenceSession }: Ort,
  options: object,
  model: Model,
  data: Data,
): Promise<Contestant> {
  const session = await InferenceSession.create(encodeModel(model), options);
  const feeds = Object.fromEntries(
    model.inputs.map(({ name, shape }) => [name, new Tensor("float32", data[name], shape)]),
  );
  const compute = async () => (await session.run(feeds)).output.data;
  return {
    run: async () => (await compute())[0],
    results: compute,
    release: () => session.release(),
  };
}
