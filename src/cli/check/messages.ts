import type { FloatArray, Tensor } from "../../tensor/index.js";
import type { CallOptions, LawResult, Progress } from "../../testing/types.js";
import type { CheckFlags } from "./checkFlags.js";

/** What the child is to check. */
export interface Order extends Omit<CheckFlags, "reporters"> {
  /** How code imports the file. */
  readonly from: string;
}

/** What was loaded. */
export interface Loaded {
  /** As the `source.name` of `checkAttention`. */
  readonly exported: string;
  readonly notes: readonly string[];
  /** The axes of its tensors. */
  readonly batch: boolean;
  readonly heads: boolean;
}

/** A call that is about to be made. */
export interface Calling {
  readonly query: Tensor<FloatArray>;
  readonly key: Tensor<FloatArray>;
  readonly value: Tensor<FloatArray>;
  readonly options: CallOptions;
  /** The case for which it is made. */
  readonly progress: Progress;
}

export type FromChild =
  | { readonly type: "loaded"; readonly loaded: Loaded }
  /** It cannot be checked: the message is for the person who asked. */
  | { readonly type: "refused"; readonly message: string }
  | { readonly type: "call"; readonly call: Calling }
  | { readonly type: "law"; readonly result: LawResult }
  /** An error outside of a call, after which the process ends. */
  | { readonly type: "uncaught"; readonly message: string }
  | { readonly type: "done" };

export type ToChild = { readonly type: "start"; readonly order: Order } | { readonly type: "stop" };
