import type {
  AttentionOptions,
  AttentionWithLse,
  AttentionWithWeights,
} from "../attention/index.js";
import type { PerBatch } from "../masks/index.js";
import type { DType, FloatArray, Tensor, TensorLike } from "../tensor/index.js";

/** The option `window` of {@link createKvCache}. */
export interface CacheWindow {
  /** Keys before the query's own that it sees. A non-negative integer, or Infinity: no limit. */
  left: number;
  /**
   * First positions that every query sees and that are never given up, as in StreamingLLM (Xiao et al.
   * 2023), where they draw the attention that nothing else needs. Positions stay absolute. Default 0.
   */
  keepFirst?: number | undefined;
}

/** Options of `append`. */
export interface AppendOptions {
  /** `"BHLD"` (default), or `"BLHD"`: sequence first, `[..., n, Hkv, D]`. */
  layout?: "BHLD" | "BLHD" | undefined;
  /**
   * How many of the n positions each batch entry takes; the rest is padding that is never read. Default:
   * all of them.
   */
  lengths?: PerBatch | undefined;
}

/** What `read` gives. */
export interface CachePositions<A extends FloatArray = FloatArray> {
  /** `[B, Hkv, n, D]`; zeros past the length of a batch entry. */
  key: Tensor<A>;
  /** `[B, Hkv, n, E]`. */
  value: Tensor<A>;
}

/** Options of {@link createKvCache}. */
export interface KvCacheOptions<T extends DType = DType> {
  /** Batch entries, each with a length of its own. Default 1. */
  batch?: number | undefined;
  /** Key/value heads. */
  kvHeads: number;
  /** D, the size of a key. */
  headSize: number;
  /** E, the size of a value. Default `headSize`. */
  valueSize?: number | undefined;
  /** The most positions of a batch entry that are kept at once. Memory is taken as they come, in blocks. */
  capacity: number;
  /**
   * Limits every attention of the cache to the query's own key and `left` before it, and gives up
   * keys that no coming query can see. Default: none.
   */
  window?: CacheWindow | undefined;
  /**
   * True: L queries are the last L positions and see no later one. False, for cross attention: every query
   * sees every key. A call may say otherwise by its own `causal`. Default `true`.
   */
  causal?: boolean | undefined;
  /** The precision of keys and values. Default `"float32"`. */
  dtype?: T | undefined;
  /**
   * Where keys and values live: in the memory of the WebAssembly kernels, or in plain arrays. The
   * bits are the same. Default `"auto"`: WebAssembly where it is there.
   */
  engine?: "auto" | "portable" | "wasm" | undefined;
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
  /** Positions so far, those among them that a window has given up; of the longest batch entry. */
  readonly length: number;
  /** The same for each batch entry. */
  readonly lengths: readonly number[];
  /** The most positions that are kept at once. */
  readonly capacity: number;
  /** Bytes of the blocks that hold this cache's keys and values, those shared with forks included. */
  readonly bytes: number;
  /**
   * Adds n positions. Nothing changes if it throws.
   *
   * @param key - `[..., Hkv, n, D]`, the leading axes `batch` entries in all; `[n, D]` for one head.
   * @param value - `[..., Hkv, n, E]`.
   * @param options - `layout`, and `lengths` where batch entries take different numbers of positions.
   */
  append(key: TensorLike<A>, value: TensorLike<A>, options?: AppendOptions): void;
  /**
   * Attention of the last L positions over all keys. Where there are fewer positions than queries it throws,
   * unless `emptyRow` says what such rows are.
   *
   * @param query - `[..., H, L, D]`. Batch entries with fewer queries say so by `queryLengths`.
   * @param options - those of `attention`. `causal` is `"bottomRight"` unless it says otherwise, and false in
   *   a cache that was created with `causal: false`. `keyLengths` is refused: the cache knows
   *   its lengths.
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
  /**
   * Copies of the stored keys and values of positions `from … to − 1`, by default all of them; `append` takes
   * them back. It throws where a window has given some of them up.
   */
  read(from?: number, to?: number): CachePositions<A>;
  /** Takes back all positions from `length` on, or from `length[b]` on in batch entry `b`. */
  truncate(length: PerBatch): void;
  /**
   * Batch entry `b` becomes what entry `entries[b]` was, as beam search needs it. Memory is shared until one of
   * them is written to.
   *
   * @param entries - `batch` integers from 0 to `batch − 1`.
   */
  reorder(entries: ArrayLike<number>): void;
  /** A second cache with the same positions. They share memory until one of them writes to it. */
  fork(): KvCache<A>;
  /** Gives the memory back; a second time it does nothing. Every other call is an error from then on. */
  release(): void;
}
