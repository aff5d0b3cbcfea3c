/// <reference lib="dom" />

/**
 * `<qkv-attention>`, an element that shows what attends to what. Importing this registers it, where there is a page.
 *
 * @packageDocumentation
 */
import { QkvAttention } from "./attentionElement.js";
import type { AttentionElement } from "./types.js";

declare global {
  interface HTMLElementTagNameMap {
    "qkv-attention": AttentionElement;
  }
}

// In Node there is no registry. A page may load the element twice, from two files.
const registry = globalThis.customElements as CustomElementRegistry | undefined;
if (registry !== undefined && registry.get("qkv-attention") === undefined)
  registry.define("qkv-attention", QkvAttention);

export type { AttentionElement, Chosen, Explained, PageElement } from "./types.js";
export type { ViewName } from "./viewTable.js";
// The types that these mention.
export type { WeightsExplanation } from "../../explain/index.js";
export type { Picture, Target } from "../types.js";
