import type { FloatArray } from "qkv/core";

/** One library doing the work of a case in one way, set up and ready to be timed. */
export interface Contestant {
  /** Computes once; the result is in JavaScript's memory then. Returns one number of it. */
  run: () => number | Promise<number>;
  /** Computes once and returns all numbers, in the order of the reference. */
  results: () => FloatArray | Promise<FloatArray>;
  release?: () => void | Promise<void>;
}

/** A way that a library offers for some work. Of several, the fastest on this machine stands for it. */
export interface Way {
  /** Absent if there is only one. */
  variant?: string;
  open: () => Contestant | Promise<Contestant>;
}

/** Attention of all heads of one batch entry, `scale = 1/√D`, with seeded normal inputs. */
export interface AttentionWork {
  heads: number;
  queries: number;
  keys: number;
  size: number;
  causal: boolean;
  /** Keys to the left that a query of a causal case sees besides itself. */
  left?: number;
  /** `[H,L,D]` */
  q: Float32Array;
  /** `[H,S,D]` */
  k: Float32Array;
  /** `[H,S,D]` */
  v: Float32Array;
}

/** `a [M,K]` times `b [K,N]`. */
export interface MatmulWork {
  m: number;
  k: number;
  n: number;
  a: FloatArray;
  b: FloatArray;
}

/** A library to compare with. */
export interface Peer {
  name: string;
  version: string;
  attention?: (work: AttentionWork) => Way[];
  matmul?: (work: MatmulWork) => Way[];
}

/** A peer that cannot take part here, and why. */
export interface AbsentPeer {
  name: string;
  reason: string;
}
