import type { Report } from "./report.js";

/** Something that runs JavaScript. */
export interface Runtime {
  readonly name: string;
  /** How to get it. */
  readonly install: string;
  /** Runs the golden problems in it. Undefined where it is not installed. */
  readonly run: (() => Promise<Answer>) | undefined;
  /** Whether WebAssembly has to run there, or to be refused. */
  readonly wasm: "equal" | "refused";
}

export interface Answer {
  readonly version: string;
  readonly report: Report;
}

/** Milliseconds for all problems in one runtime: an emulated processor takes some minutes. */
export const limit = 600_000;
