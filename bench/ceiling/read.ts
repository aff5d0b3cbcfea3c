import { readModule, stepBytes } from "./readModule.js";

/** The part of WebAssembly's interface that is used; TypeScript has it only with the types of the DOM. */
interface Wasm {
  validate(bytes: Uint8Array): boolean;
  Memory: new (limits: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: { env: { memory: object } },
  ) => { exports: Record<string, unknown> };
}

type Run = (pointer: number, steps: number) => number;

const page = 65_536;
// A running call is never replaced by better code: many short ones are.
const piece = 1 << 20;

/** A plain read of memory in 128-bit loads: the bandwidth that decoding is measured against. */
export interface PlainRead {
  /** Reads all of the memory once. */
  run: () => number;
}

/** Undefined where the engine has no SIMD. Also checked to read what it should. */
export function plainRead(bytes: number): PlainRead | undefined {
  const wasm = (globalThis as { WebAssembly?: Wasm }).WebAssembly;
  const code = readModule();
  if (!wasm?.validate(code)) return undefined;
  if (bytes % stepBytes !== 0) throw new RangeError(`reads are multiples of ${stepBytes} bytes`);
  const memory = new wasm.Memory({ initial: Math.ceil(bytes / page) });
  const read = new wasm.Instance(new wasm.Module(code), { env: { memory } }).exports.run as Run;
  const words = new Uint32Array(memory.buffer, 0, bytes / 4);
  // Written once, or the pages are all the same empty one.
  for (let i = 0; i < words.length; i++) words[i] = i;
  const run = () => {
    let result = 0;
    for (let at = 0; at < bytes; at += piece) {
      result ^= read(at, Math.min(piece, bytes - at) / stepBytes);
    }
    return result;
  };
  let expected = 0;
  for (let i = 0; i < words.length; i += 4) expected ^= words[i];
  if (run() !== expected) throw new Error("the plain read does not read every byte");
  return { run };
}
