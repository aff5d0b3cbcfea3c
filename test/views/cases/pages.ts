/// <reference lib="dom" />
import type {} from "../../../src/views/element/index.js";
import type { Qkv } from "../main.js";

declare global {
  // What main.ts puts there.
  var qkv: Qkv;
}

export const tokens = ["river", "bank", "flooded"];
export const weights = [
  [
    [0.5, 0.25, 0.25],
    [0.25, 0.35, 0.4],
    [0, 0, 1],
  ],
  [
    [1, 0, 0],
    [0.1, 0.6, 0.3],
    [0.5, 0.5, 0],
  ],
];

/** The element with a text inside. */
export const elementOf = (attributes: string, data: unknown = { tokens, weights }): string =>
  `<qkv-attention ${attributes}><script type="application/json">${JSON.stringify(data)}</script></qkv-attention>`;
