import { pick, rangeError, type DType, type FloatArray } from "../tensor/index.js";
import { kernelModule } from "./kernels.js";
import type { Kernels } from "./kernelTypes.js";

// The little of WebAssembly that is used here: the types of Node and of browsers both have it, and a
// library for both can rely on neither.
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
type Exports = Record<string, (...numbers: number[]) => number>;
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
  Memory: new (limits: { initial: number }) => Memory;
};
declare function atob(base64: string): string;

const pageSize = 65536;

let compiled: object | undefined | false;

/** The compiled kernels, or `false` where WebAssembly or its SIMD is missing or forbidden. */
function compile(): object | false {
  // Compiled on first use and not by a fetch: 21 kB take about a millisecond.
  if (compiled !== undefined) return compiled;
  try {
    // Under a Content-Security-Policy that forbids it `validate` says yes. V8 and SpiderMonkey throw
    // here, WebKit only when something is instantiated: an empty module asks it.
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    new WebAssembly.Instance(empty, {});
    compiled = new WebAssembly.Module(Uint8Array.from(atob(kernelModule), (c) => c.charCodeAt(0)));
  } catch {
    compiled = false;
  }
  return compiled;
}

/** True if the WebAssembly kernels run here. */
export function isWasmAvailable(): boolean {
  return compile() !== false;
}

/** The kernels with a memory of their own. */
export class Workspace {
  /** Where the part of the memory that is free for use starts. */
  readonly base: number;
  /** The memory in bytes; another array after it has grown. */
  u8!: Uint8Array;
  #f32!: Float32Array;
  #f64!: Float64Array;
  readonly #memory: Memory;
  readonly #kernels32: Kernels;
  readonly #kernels64: Kernels;

  constructor(fn: string) {
    let exports: Exports;
    try {
      this.#memory = new WebAssembly.Memory({ initial: 1 });
      const imports = { env: { memory: this.#memory } };
      exports = new WebAssembly.Instance(compile() as object, imports).exports;
    } catch {
      throw outOfMemory(fn, pageSize);
    }
    this.#kernels32 = ofPrecision(exports, "32");
    this.#kernels64 = ofPrecision(exports, "64");
    this.base = exports["freeMemory"]();
    this.#view();
  }

  /** The kernels of a precision. */
  kernelsOf(dtype: DType): Kernels {
    return dtype === "float32" ? this.#kernels32 : this.#kernels64;
  }

  /** The memory in a precision; another array after it has grown. */
  memoryOf<A extends FloatArray>(dtype: DType): A {
    return pick<A>(dtype, this.#f32, this.#f64);
  }

  /** The size of the memory in bytes. */
  get bytes(): number {
    return this.u8.length;
  }

  /** Makes the memory at least as large as this; what it holds stays. */
  reserve(fn: string, bytes: number): void {
    if (bytes <= this.bytes) return;
    try {
      if (this.#memory.grow(Math.ceil((bytes - this.bytes) / pageSize)) < 0) throw new RangeError();
    } catch {
      throw outOfMemory(fn, bytes);
    }
    this.#view();
  }

  #view(): void {
    const { buffer } = this.#memory;
    this.u8 = new Uint8Array(buffer);
    this.#f32 = new Float32Array(buffer);
    this.#f64 = new Float64Array(buffer);
  }
}

function ofPrecision(exports: Exports, bits: string): Kernels {
  const kernels: Exports = { groupEnds: exports["groupEnds"] };
  for (const name of Object.keys(exports)) {
    if (name.endsWith(bits)) kernels[name.slice(0, -2)] = exports[name];
  }
  return kernels as unknown as Kernels;
}

function outOfMemory(fn: string, bytes: number): RangeError {
  return rangeError(
    fn,
    "options.engine",
    `${bytes} bytes of WebAssembly memory`,
    "none from the system",
    'free memory, or write engine: "portable"',
  );
}

/** A workspace that more than this has grown is not kept: a large call should not cost memory later. */
const mostKept = 16 * 1024 * 1024;

let spare: Workspace | undefined;

/**
 * Lends a workspace to a call and takes it back. A call inside a call (from a function given to
 * `masks.where`) gets its own.
 */
export function withWorkspace<R>(fn: string, use: (workspace: Workspace) => R): R {
  const workspace = spare ?? new Workspace(fn);
  spare = undefined;
  try {
    return use(workspace);
  } finally {
    if (workspace.bytes <= mostKept) spare = workspace;
  }
}

/**
 * Gives back the memory that the WebAssembly engine keeps between calls, at most 16 MiB. The next call
 * takes new memory; nothing else changes.
 *
 * @example
 * ```ts
 * import { attention, releaseScratch } from "qkv";
 *
 * const x = [[1, 0], [0, 1]];
 * attention(x, x, x, { engine: "wasm" });
 * releaseScratch();
 * ```
 */
export function releaseScratch(): void {
  spare = undefined;
}
