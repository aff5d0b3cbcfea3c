import { readFileSync } from "node:fs";

/** A sentence as TensorFlow.js computes it from the same graph and weights. */
export interface Expected {
  readonly text: string;
  readonly ids: readonly number[];
  readonly pieces: readonly string[];
  /** By layer: `[head, query, key]`, row-major. */
  readonly attention: readonly { readonly shape: readonly number[]; readonly data: number[] }[];
  readonly embedding: { readonly shape: readonly number[]; readonly data: number[] };
}

export function readExpected(): Expected[] {
  const file = new URL("../vectors/use_lite.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { sentences: Expected[] }).sentences;
}
