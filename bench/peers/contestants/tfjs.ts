import { fileURLToPath } from "node:url";
import type { FloatArray, Tensor } from "qkv/core";
import type { Contestant } from "../../types.js";
import { additiveMask, type AttentionWork, type MatmulWork } from "../../work.js";
import { fileOf, load, versionOf } from "../load.js";
import type { Peer } from "../peer.js";

export interface TfTensor {
  shape: readonly number[];
  dataSync(): Float32Array;
  dispose(): void;
}

/** The part of TensorFlow.js that is used. */
export interface Tf {
  tensor(data: Float32Array, shape: readonly number[]): TfTensor;
  matMul(a: TfTensor, b: TfTensor, transposeA?: boolean, transposeB?: boolean): TfTensor;
  mul(a: TfTensor, b: TfTensor | number): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  sub(a: number, b: TfTensor): TfTensor;
  softmax(x: TfTensor): TfTensor;
  tidy<T extends TfTensor | TfTensor[]>(compute: () => T): T;
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  env(): { set(flag: string, value: boolean): void };
}

interface WasmBackend {
  setWasmPaths(folder: string): void;
  setThreadsCount(threads: number): void;
}

/** TensorFlow.js, its WebAssembly backend ready to be chosen, one thread. */
export async function loadTfjs(): Promise<Tf> {
  const tf = await load<Tf>("@tensorflow/tfjs");
  const wasm = await load<WasmBackend>("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(fileURLToPath(fileOf("@tensorflow/tfjs-backend-wasm/dist/")));
  wasm.setThreadsCount(1);
  return tf;
}

/** TensorFlow.js on its WebAssembly backend. */
export async function tfjs(): Promise<Peer> {
  const tf = await loadTfjs();
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm backend did not start");
  return {
    name: "tfjs-wasm",
    version: versionOf("@tensorflow/tfjs-backend-wasm"),
    attention: (work) => [{ open: () => openAttention(tf, work) }],
    matmul: (work) => (work.a.dtype === "float32" ? [{ open: () => openMatmul(tf, work) }] : []),
  };
}

const copyOf = (tf: Tf, { data, shape }: Tensor<FloatArray>): TfTensor =>
  tf.tensor(data as Float32Array, shape);

function openAttention(tf: Tf, work: AttentionWork): Contestant {
  const [q, k, v] = [work.q, work.k, work.v].map((x) => copyOf(tf, x));
  const additive = additiveMask(work.shape);
  const mask = additive && copyOf(tf, additive);
  const scale = 1 / Math.sqrt(work.shape.size);
  return contestant(tf, [q, k, v, ...(mask ? [mask] : [])], () => {
    const scores = tf.mul(tf.matMul(q, k, false, true), scale);
    return tf.matMul(tf.softmax(mask ? tf.add(scores, mask) : scores), v);
  });
}

function openMatmul(tf: Tf, { a, b }: MatmulWork): Contestant {
  const [left, right] = [copyOf(tf, a), copyOf(tf, b)];
  return contestant(tf, [left, right], () => tf.matMul(left, right));
}

function contestant(tf: Tf, inputs: readonly TfTensor[], equation: () => TfTensor): Contestant {
  const compute = () => {
    const output = tf.tidy(equation);
    const data = output.dataSync();
    output.dispose();
    return data;
  };
  return {
    run: () => compute()[0],
    results: () => [compute()],
    release: () => inputs.forEach((tensor) => tensor.dispose()),
  };
}
