import { load, versionOf } from "../load.js";
import type { AttentionWork, Contestant, Peer } from "../types.js";
import { exchangeAxes } from "../work.js";

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
  const { heads, queries, keys, size, causal, left } = work;
  const array = (data: Float32Array, length: number) =>
    numpy.array(exchangeAxes(data, heads, length, size), { shape: [length, heads, size] });
  const [q, k, v] = [array(work.q, queries), array(work.k, keys), array(work.v, keys)];
  const options: AttentionOptions = { isCausal: causal };
  if (left !== undefined) options.localWindowSize = [left, 0];
  const equation: Attend = (q, k, v) => nn.dotProductAttention(q, k, v, options);
  const attend = compiled ? jit(equation) : equation;
  const compute = () => attend(q.ref, k.ref, v.ref).dataSync();
  return {
    run: () => compute()[0],
    results: () => exchangeAxes(compute(), queries, heads, size),
    release: () => [q, k, v].forEach((a) => a.dispose()),
  };
}
