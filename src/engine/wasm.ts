import { checkArguments, rangeError, type DType, type FloatArray } from "../tensor/index.js";
import { kernelModules } from "./kernels.js";
import type { Kernels } from "./kernelTypes.js";

// The little of WebAssembly that is used here: the types of Node and of browsers both have it, and a
// library for both can rely on neither.
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Kernels };
  Memory: new (limits: { initial: number }) => Memory;
};

const pageSize = 65536;

const compiled: Partial<Record<DType, object | false>> = {};

/** The compiled kernels of a precision, or `false` where WebAssembly or its SIMD is missing or forbidden. */
function compile(dtype: DType): object | false {
  // Compiled on first use and not by a fetch: 10 kB take about 0.4 ms.
  let module = compiled[dtype];
  if (module !== undefined) return module;
  try {
    // Under a Content-Security-Policy that forbids it `validate` says yes. V8 and SpiderMonkey throw
    // here, WebKit only when something is instantiated: an empty module asks it.
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    new WebAssembly.Instance(empty, {});
    const digits = kernelModules[dtype];
    const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
      parseInt(digits.slice(2 * i, 2 * i + 2), 16),
    );
    module = new WebAssembly.Module(bytes);
  } catch {
    module = false;
  }
  compiled[dtype] = module;
  return module;
}

/** True if the WebAssembly kernels run here. */
export function isWasmAvailable(): boolean {
  return compile("float32") !== false;
}

/** The kernels of a precision with a memory of their own. */
export class Workspace<A extends FloatArray = FloatArray> {
  readonly dtype: DType;
  /** Bytes of an element. */
  readonly size: number;
  readonly kernels: Kernels;
  /** Where the part of the memory that is free for use starts. */
  readonly base: number;
  /** The memory as bytes and as elements: other arrays after it has grown. */
  u8!: Uint8Array;
  memory!: A;
  readonly #memory: Memory;

  constructor(fn: string, dtype: DType) {
    this.dtype = dtype;
    this.size = dtype === "float32" ? 4 : 8;
    try {
      this.#memory = new WebAssembly.Memory({ initial: 1 });
      const imports = { env: { memory: this.#memory } };
      const { exports } = new WebAssembly.Instance(compile(dtype) as object, imports);
      // A copy: V8 finds a function of `exports` itself more slowly, 3 % of a call on 5 tokens (Node 20, 26).
      this.kernels = { ...exports };
    } catch {
      throw outOfMemory(fn, pageSize);
    }
    this.base = this.kernels.freeMemory();
    this.#view();
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
    this.memory = (
      this.dtype === "float32" ? new Float32Array(buffer) : new Float64Array(buffer)
    ) as A;
  }
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

/** The workspaces that wait for the next call. */
const spare: { [dtype in DType]?: Workspace | undefined } = {};

/**
 * Lends a workspace to a call and takes it back. A call inside a call (from a function given to
 * `masks.where`) gets its own.
 */
export function withWorkspace<A extends FloatArray, R>(
  fn: string,
  dtype: DType,
  use: (workspace: Workspace<A>) => R,
): R {
  const workspace = (spare[dtype] ?? new Workspace(fn, dtype)) as Workspace<A>;
  spare[dtype] = undefined;
  try {
    return use(workspace);
  } finally {
    if (workspace.bytes <= mostKept) spare[dtype] = workspace;
  }
}

/**
 * Gives back the memory that the WebAssembly engine keeps between calls, at most 16 MiB for each precision. The
 * next call takes new memory; nothing else changes.
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
  checkArguments("releaseScratch", arguments.length, []);
  spare.float32 = undefined;
  spare.float64 = undefined;
}
