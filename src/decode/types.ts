import type {
  AttentionOptions,
  AttentionWithLse,
  AttentionWithWeights,
} from "../attention/index.js";
import type { DType, FloatArray, Tensor, TensorLike } from "../tensor/index.js";

/** The option `window` of {@link createKvCache}. */
export interface CacheWindow {
  /** Keys before the query's own that it sees. A non-negative integer, or Infinity: no limit. */
  left: number;
}

/** Options of {@link createKvCache}. */
export interface KvCacheOptions<T extends DType = DType> {
  /** Batch entries. They share one length. Default 1. */
  batch?: number;
  /** Key/value heads. */
  kvHeads: number;
  /** D, the size of a key. */
  headSize: number;
  /** E, the size of a value. Default `headSize`. */
  valueSize?: number;
  /** The most positions that are kept at once. Memory is taken as they come, in blocks. */
  capacity: number;
  /**
   * Limits every attention of the cache to the query's own key and `left` before it, and gives up
   * keys that no coming query can see. Default: none.
   */
  window?: CacheWindow;
  /** The precision of keys and values. Default `"float32"`. */
  dtype?: T;
  /**
   * Where keys and values live: in the memory of the WebAssembly kernels, or in plain arrays. The
   * bits are the same. Default `"auto"`: WebAssembly where it is there.
   */
  engine?: "auto" | "portable" | "wasm";
}

/** `using` releases the cache, where the language has it; the method is there in any case. */
export type ReleasedByUsing<S = SymbolConstructor> = S extends {
  /** The name of the method that `using` calls. */
  readonly dispose: infer K extends symbol;
}
  ? { [P in K]: () => void }
  : object;

/** Keys and values of the positions so far, made by {@link createKvCache}. */
export interface KvCache<A extends FloatArray = FloatArray> extends ReleasedByUsing {
  /** Positions so far, those among them that a window has given up. */
  readonly length: number;
  /** The most positions that are kept at once. */
  readonly capacity: number;
  /** Bytes of the blocks that hold this cache's keys and values, those shared with forks included. */
  readonly bytes: number;
  /**
   * Adds n positions. Nothing changes if it throws.
   *
   * @param key - `[..., Hkv, n, D]`, the leading axes `batch` entries in all; `[n, D]` for one head.
   * @param value - `[..., Hkv, n, E]`.
   */
  append(key: TensorLike<A>, value: TensorLike<A>): void;
  /**
   * Attention of the last L positions over all keys.
   *
   * @param query - `[..., H, L, D]`.
   * @param options - those of `attention`; `causal` is `"bottomRight"` unless it says otherwise.
   * @returns `[..., H, L, E]`, bit for bit those rows of `attention` over the whole sequence.
   */
  attention(query: TensorLike<A>, options?: AttentionOptions<A>): Tensor<A>;
  /** As `attention`, with the weights `[..., H, L, length]`. */
  attentionWithWeights(
    query: TensorLike<A>,
    options?: AttentionOptions<A>,
  ): AttentionWithWeights<A>;
  /** As `attention`, with the log-sum-exp `[..., H, L]`. */
  attentionWithLse(query: TensorLike<A>, options?: AttentionOptions<A>): AttentionWithLse<A>;
  /** Takes back all positions from `length` on. */
  truncate(length: number): void;
  /** A second cache with the same positions. They share memory until one of them writes to it. */
  fork(): KvCache<A>;
  /** Gives the memory back; a second time it does nothing. Every other call is an error from then on. */
  release(): void;
}
