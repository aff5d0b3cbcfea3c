import type { FloatArray, Tensor } from "qkv/core";
import { exchangeAxes } from "../../tensors.js";
import type { Contestant } from "../../types.js";
import type { AttentionWork } from "../../work.js";
import { load, versionOf } from "../load.js";
import type { Peer } from "../peer.js";

export interface JaxArray {
  /** The next use does not consume the array. */
  ref: JaxArray;
  dataSync(): Float32Array;
  data(): Promise<Float32Array>;
  dispose(): void;
}

interface AttentionOptions {
  bias?: JaxArray;
  mask?: JaxArray;
  scale?: number;
  isCausal?: boolean;
  localWindowSize?: [number, number];
  keyValueSeqLengths?: JaxArray;
}

type Numbers = Float32Array | Int32Array;

type Attend = (q: JaxArray, k: JaxArray, v: JaxArray) => JaxArray;

/** The part of jax-js that is used. */
export interface Jax {
  init(device: "wasm"): Promise<string[]>;
  defaultDevice(device: "wasm"): string;
  jit(f: Attend): Attend;
  numpy: {
    array(data: Numbers, options: { shape: readonly number[]; dtype?: string }): JaxArray;
  };
  nn: {
    dotProductAttention(q: JaxArray, k: JaxArray, v: JaxArray, options: AttentionOptions): JaxArray;
  };
}

/** jax-js on its WebAssembly backend. */
export async function loadJax(): Promise<Jax> {
  if (!("navigator" in globalThis)) {
    throw new Error(`needs the global navigator of Node 22 or newer, this is ${process.version}`);
  }
  const jax = await load<Jax>("@jax-js/jax");
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  return jax;
}

export async function jax(): Promise<Peer> {
  const jax = await loadJax();
  return {
    name: "jax-js",
    version: versionOf("@jax-js/jax"),
    attention: (work) => [
      { variant: "jit", open: () => openAttention(jax, work, true) },
      { variant: "eager", open: () => openAttention(jax, work, false) },
    ],
  };
}

function openAttention(
  { numpy, nn, jit }: Jax,
  work: AttentionWork,
  compiled: boolean,
): Contestant {
  const { heads, queries, size, causal, left } = work.shape;
  const [q, k, v] = [work.q, work.k, work.v].map((x) => sequenceFirst(numpy, x));
  const options: AttentionOptions = { isCausal: causal ?? false };
  if (left !== undefined) options.localWindowSize = [left, 0];
  const equation: Attend = (q, k, v) => nn.dotProductAttention(q, k, v, options);
  const attend = compiled ? jit(equation) : equation;
  const compute = () => attend(q.ref, k.ref, v.ref).dataSync();
  return {
    run: () => compute()[0],
    results: () => [exchangeAxes(compute(), [queries, heads, size]).data],
    release: () => [q, k, v].forEach((a) => a.dispose()),
  };
}

/** `[…,H,L,D]` as `[…,L,H,D]`. */
export function sequenceFirst(numpy: Jax["numpy"], { data, shape }: Tensor<FloatArray>): JaxArray {
  const exchanged = exchangeAxes(data, shape);
  return numpy.array(exchanged.data, { shape: exchanged.shape });
}
