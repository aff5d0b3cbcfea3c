import type {
  AttentionOptions,
  AttentionWithLse,
  AttentionWithWeights,
} from "../attention/index.js";
import type { MatmulOptions } from "../matmul/index.js";
import type { FloatArray, Tensor, TensorLike } from "../tensor/index.js";
import type { AbortSignalLike } from "./signal.js";

/** What is used of a `URL`. */
export interface UrlLike {
  /** The URL as text. */
  readonly href: string;
}

/** Options of `createThreadedEngine`. */
export interface ThreadedEngineOptions {
  /** Workers, 1 to 1024. Default: the threads that the machine runs at once. */
  threads?: number | undefined;
  /**
   * The file of the worker, `dist/threads.worker.js` of the package (in Node `dist/threads.worker.node.js`).
   * Only where it is not found beside the package: a bundler that does not know `new Worker(new URL(…))`,
   * or a package that comes from another origin. It imports files beside it: serve the folder, or bundle it.
   */
  workerUrl?: string | UrlLike | undefined;
}

/** Gives up a call: it rejects with `signal.reason`, and the workers turn to what comes next. */
export interface Abortable {
  /** An `AbortSignal`. */
  signal?: AbortSignalLike | undefined;
}

/** `await using` closes the engine, where the language has it. */
export type AsyncClosing<S = SymbolConstructor> = S extends {
  /** The name of the method that `await using` calls. */
  readonly asyncDispose: infer K extends symbol;
}
  ? { [P in K]: () => Promise<void> }
  : object;

/**
 * The functions of `qkv/core` on several threads: the same arguments, errors and bits, in a promise. Arguments
 * are checked and copied before a function returns, so that they may be changed while the workers compute;
 * only what lies in shared memory already is not copied.
 */
export interface ThreadedEngine extends AsyncClosing {
  /** Workers. */
  readonly threads: number;

  /**
   * `attention` of `qkv/core`.
   *
   * @param query - `[..., H, L, D]`.
   * @param key - `[..., Hkv, S, D]`.
   * @param value - `[..., Hkv, S, E]`.
   * @param options - those of `attention`, and `signal`. `out` is written when all is done, and only then.
   * @returns `[..., H, L, E]`; rejects with the errors of `attention`, with `signal.reason`, or if the
   *   engine is closed or a worker dies.
   */
  attention<A extends FloatArray = Float32Array>(
    query: TensorLike<A>,
    key: TensorLike<A>,
    value: TensorLike<A>,
    options?: AttentionOptions<A> & Abortable,
  ): Promise<Tensor<A>>;

  /** `attentionWithLse` of `qkv/core`; otherwise as `attention`. */
  attentionWithLse<A extends FloatArray = Float32Array>(
    query: TensorLike<A>,
    key: TensorLike<A>,
    value: TensorLike<A>,
    options?: AttentionOptions<A> & Abortable,
  ): Promise<AttentionWithLse<A>>;

  /** `attentionWithWeights` of `qkv/core`; otherwise as `attention`. */
  attentionWithWeights<A extends FloatArray = Float32Array>(
    query: TensorLike<A>,
    key: TensorLike<A>,
    value: TensorLike<A>,
    options?: AttentionOptions<A> & Abortable,
  ): Promise<AttentionWithWeights<A>>;

  /**
   * `matmul` of `qkv/core`.
   *
   * @param a - `[..., M, K]`.
   * @param b - `[..., K, N]`.
   * @param options - those of `matmul`, and `signal`.
   * @returns `[..., M, N]`; rejects as `attention` does.
   */
  matmul<A extends FloatArray = Float32Array>(
    a: TensorLike<A>,
    b: TensorLike<A>,
    options?: MatmulOptions<A> & Abortable,
  ): Promise<Tensor<A>>;

  /**
   * Ends all workers. Calls that are not done reject, later ones too. Closing again does nothing.
   *
   * @returns when no worker is left.
   */
  close(): Promise<void>;
}
