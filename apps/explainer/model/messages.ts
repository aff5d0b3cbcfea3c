import type { Tensor } from "qkv/core";
import type { AttentionInputs } from "../../../examples/universal-sentence-encoder/encoder.js";

/** A sentence as the model read it. */
export interface Encoded {
  /** The pieces, as the vocabulary spells them. */
  readonly pieces: readonly string[];
  /** Of each piece whether the vocabulary has it; all that it has not are one and the same to the model. */
  readonly known: readonly boolean[];
  /** Pieces beyond what the model reads. */
  readonly cut: number;
  readonly layers: readonly EncodedLayer[];
}

/** What the attention of a layer reads, and what `nextShares` does. */
export interface EncodedLayer extends Omit<AttentionInputs, "residual"> {
  /** `[L, 16]`: the first of the 512 numbers that each piece comes with, and that attention adds to. */
  readonly state: Tensor<Float32Array>;
  /** See `nextGram`. */
  readonly next: Float32Array;
}

/** What the page tells the worker. */
export type Order =
  { readonly do: "load"; readonly url: string } | { readonly do: "read"; readonly text: string };

/** What the worker tells the page. */
export type Report =
  | { readonly is: "progress"; readonly loaded: number; readonly total: number }
  | { readonly is: "ready" }
  | { readonly is: "read"; readonly text: string; readonly encoded: Encoded }
  | { readonly is: "failed"; readonly step: Order["do"]; readonly message: string };
