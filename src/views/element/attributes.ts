/// <reference lib="dom" />

import { readHead, readPosition, readView } from "./scene.js";
import type { ViewName } from "./viewTable.js";

export const attributeNames = [
  "view",
  "query",
  "key",
  "head",
  "layer",
  "subtitle",
  "controls",
] as const;

// In Node there is no such class, and nothing to register: a server may import the element all the same.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** Properties that are attributes. Setting a wrong value throws; an attribute may say anything until it is used. */
export class AttributesElement extends Base {
  get view(): ViewName {
    return readView(this.getAttribute("view"));
  }
  set view(value: ViewName) {
    this.setAttribute("view", readView(String(value)));
  }
  get query(): number {
    return this.#position("query") ?? 0;
  }
  set query(value: number) {
    this.#setPosition("query", value);
  }
  get key(): number | undefined {
    return this.#position("key");
  }
  set key(value: number | null | undefined) {
    this.#setPosition("key", value);
  }
  get head(): number | "mean" {
    return readHead(this.getAttribute("head"));
  }
  set head(value: number | "mean") {
    this.setAttribute("head", String(readHead(String(value))));
  }
  get layer(): number {
    return this.#position("layer") ?? 0;
  }
  set layer(value: number) {
    this.#setPosition("layer", value);
  }
  get subtitle(): string | undefined {
    return this.getAttribute("subtitle") ?? undefined;
  }
  set subtitle(value: string | null | undefined) {
    if (value === null || value === undefined) this.removeAttribute("subtitle");
    else this.setAttribute("subtitle", value);
  }
  get controls(): boolean {
    return this.hasAttribute("controls");
  }
  set controls(value: boolean) {
    this.toggleAttribute("controls", Boolean(value));
  }

  #position(name: string): number | undefined {
    const value = this.getAttribute(name);
    return value === null ? undefined : readPosition(name, value);
  }

  #setPosition(name: string, value: number | null | undefined): void {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, String(readPosition(name, String(value))));
  }
}
