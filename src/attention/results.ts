import type { FloatArray } from "../tensor/index.js";
import type { Operand } from "./call.js";

/** What a caller may keep in addition to the output. */
export interface Kept<A extends FloatArray> {
  /** `[B·H·L]`. */
  lse?: A | undefined;
  /** `[B·H·L·S]`, zeros. */
  weights?: A | undefined;
  stages?: Stages<A> | undefined;
}

/** Each `[B·H·L·S]`; a stage whose option is absent is not kept apart. */
export interface Stages<A extends FloatArray> {
  scores: A;
  capped?: A | undefined;
  biased?: A | undefined;
  masked?: A | undefined;
}

/** Where the results go. Absent ones are not kept; keeping one changes no bit of another. */
export interface Results<A extends FloatArray> extends Kept<A> {
  output: Operand<A>;
}
