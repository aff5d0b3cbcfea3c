import { decode } from "./table/decode.js";
import { explain } from "./table/explain.js";
import { foreign } from "./table/foreign.js";
import { heads } from "./table/heads.js";
import { limits } from "./table/limits.js";
import { masks } from "./table/masks.js";
import { numbers } from "./table/numbers.js";
import { ops } from "./table/ops.js";
import { options } from "./table/options.js";
import { positions } from "./table/positions.js";
import { shapes } from "./table/shapes.js";
import { tensors } from "./table/tensors.js";
import { testing } from "./table/testing.js";
import { threads } from "./table/threads.js";

/** One wrong call. */
export interface WrongCall {
  /** The call as a user writes it; it is evaluated with the names of `evaluate.ts`. */
  wrote: string;
  type: typeof TypeError | typeof RangeError;
  /** The whole message. */
  message: string;
  /** Why this is refused, for a reader of docs/errors.md. */
  why: string;
}

export interface Section {
  title: string;
  rows: WrongCall[];
}

/** Every kind of wrong input to the public functions, and what they say to it. */
export const table: Section[] = [
  tensors,
  foreign,
  shapes,
  options,
  masks,
  limits,
  numbers,
  ops,
  heads,
  positions,
  decode,
  explain,
  threads,
  testing,
];
