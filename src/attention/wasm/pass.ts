import type { Kernels, Workspace } from "../../engine/index.js";
import type { FloatArray } from "../../tensor/index.js";
import type { Results } from "../results.js";
import type { Call } from "../call.js";
import type { Layout } from "./layout.js";
import type { KeyStore } from "./store.js";

/** One call on its way through the kernels. */
export interface Pass<A extends FloatArray> {
  readonly call: Call<A>;
  readonly results: Results<A>;
  readonly store: KeyStore<A>;
  readonly workspace: Workspace<A>;
  readonly kernels: Kernels;
  /** The memory of the kernels, in the precision of the call. */
  readonly memory: A;
  readonly layout: Layout;
  /** Views of the rows of the mask area, made when first used. */
  readonly maskRows: Uint8Array[];
  /** One tile row of a bias, which comes in float64. */
  readonly bias: Float64Array;
  /** Computes rows `from … to − 1` by the portable kernel: those that overflow, are empty, or padding. */
  readonly portableRows: (from: number, to: number) => void;
}

/** The key/value head of a batch entry that a block reads. */
export interface Source {
  readonly b: number;
  /** Of B·Hkv. */
  readonly head: number;
  readonly keyCount: number;
}
