import type { AttentionInputs } from "../../../examples/universal-sentence-encoder/encoder.js";

/** A sentence as the model read it. */
export interface Encoded {
  /** The pieces, as the vocabulary spells them. */
  readonly pieces: readonly string[];
  /** Pieces beyond what the model reads. */
  readonly cut: number;
  /** What the attention of each layer reads. */
  readonly layers: readonly AttentionInputs[];
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
