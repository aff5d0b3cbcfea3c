/// <reference lib="dom" />

import type { WeightsExplanation } from "../../explain/index.js";
import { draw } from "../dom/draw.js";
import type { Picture } from "../types.js";
import { attributeNames, AttributesElement } from "./attributes.js";
import { Controls } from "./controls.js";
import { Frame } from "./frame.js";
import { readExplanations, readJson } from "./readData.js";
import { readScene, readView } from "./scene.js";
import { style } from "./style.js";
import type { AttentionElement as Public, Chosen, Explained } from "./types.js";
import { viewTable, type Scene, type ViewName } from "./viewTable.js";

/** The narrowest picture, in pixels: where there is less room, it is scaled. */
const leastWidth = 240;

export class QkvAttention extends AttributesElement implements Public {
  static readonly observedAttributes = attributeNames;

  #explanation: Explained | undefined;
  /** What the JSON text inside says; undefined until it is read. */
  #inside: readonly WeightsExplanation[] | undefined;
  #picture: Picture | undefined;
  #frame: Frame | undefined;
  #controls: Controls | undefined;
  #scheduled = false;
  #width = 0;
  #resizes: ResizeObserver | undefined;
  #contents: MutationObserver | undefined;

  get explanation(): Explained | undefined {
    return this.#explanation;
  }
  set explanation(value: Explained | null | undefined) {
    this.#explanation = value ?? undefined;
    this.#schedule();
    if (this.#explanation !== undefined) readExplanations(this.#explanation);
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  connectedCallback(): void {
    if (!this.#frame) this.#start();
    this.#resizes = new ResizeObserver(([{ contentRect }]) => {
      if (Math.abs(contentRect.width - this.#width) >= 1) this.#render(0);
    });
    this.#resizes.observe(this);
    // A page may be read while it arrives: the text comes after its element.
    this.#contents = new MutationObserver(() => {
      this.#inside = undefined;
      this.#schedule();
    });
    this.#contents.observe(this, { childList: true, characterData: true, subtree: true });
    this.#inside = undefined;
    this.#schedule();
  }

  disconnectedCallback(): void {
    this.#resizes?.disconnect();
    this.#contents?.disconnect();
  }

  attributeChangedCallback(): void {
    this.#schedule();
  }

  #start(): void {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style()];
    this.#frame = new Frame(this.ownerDocument);
    root.append(this.#frame.element);
    // Properties that were set before the element was known hide those of its class.
    const own = this as Record<string, unknown>;
    for (const name of ["explanation", ...attributeNames]) {
      if (!Object.hasOwn(own, name)) continue;
      const value = own[name];
      delete own[name];
      own[name] = value;
    }
  }

  /** Draws once for all that is set in one go. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.isConnected) this.#render();
    });
  }

  #render(duration?: number): void {
    const frame = this.#frame!;
    try {
      const layers = this.#layers();
      if (layers === undefined) return;
      const view = readView(this.getAttribute("view"));
      const scene = readScene(layers, (name) => this.getAttribute(name));
      this.#showControls(frame, view, scene);
      this.#draw(frame, view, scene, duration);
    } catch (error) {
      this.#picture = undefined;
      frame.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** One explanation for each layer; undefined if there is nothing yet. */
  #layers(): readonly WeightsExplanation[] | undefined {
    if (this.#explanation !== undefined) return readExplanations(this.#explanation);
    const text = this.querySelector(':scope > script[type="application/json"]')?.textContent;
    if (text?.trim()) this.#inside ??= readJson(text);
    return this.#inside;
  }

  #showControls(frame: Frame, view: ViewName, scene: Scene): void {
    if (!this.hasAttribute("controls")) {
      this.#controls?.element.remove();
      frame.labelledBy(undefined);
      return;
    }
    this.#controls ??= new Controls(this.ownerDocument, (chosen) => this.#choose(chosen));
    if (!this.#controls.element.isConnected) frame.element.before(this.#controls.element);
    this.#controls.show(view, scene);
    frame.labelledBy(this.#controls.tabOf(view));
  }

  #draw(frame: Frame, view: ViewName, scene: Scene, duration: number | undefined): void {
    const { layers, layer, weights } = scene;
    const style = getComputedStyle(this);
    const zoom = parseFloat(style.fontSize) / 16 || 1;
    this.#width = this.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const { tokens, heads, layer: known } = layers[layer];
    const badges = [
      ...(layers.length > 1 || known !== null ? [`layer ${known ?? layer}`] : []),
      ...(heads > 1 ? [weights.name] : []),
    ];
    const width = Math.max(leastWidth, Math.floor(this.#width / zoom));
    const picture = viewTable[view].picture(scene, {
      width,
      subtitle: this.getAttribute("subtitle") ?? tokens.map(({ text }) => text).join(" "),
      badges,
    });
    this.#picture = picture;
    frame.show(picture);
    frame.host.classList.toggle("wide", picture.width > width);
    draw(frame.host, picture, {
      zoom,
      duration,
      choose: (target) => this.#choose(target),
      point: (target, label) => {
        frame.point(label);
        this.dispatchEvent(
          new CustomEvent("qkv-point", { detail: target, bubbles: true, composed: true }),
        );
      },
    });
  }

  /** What a reader chose becomes what is shown, unless the page does something else with it. */
  #choose(chosen: Chosen): void {
    const init = { detail: chosen, bubbles: true, composed: true, cancelable: true };
    if (!this.dispatchEvent(new CustomEvent("qkv-choose", init))) return;
    // Chosen again, a key is no longer pointed out.
    const again =
      chosen.key !== undefined &&
      chosen.key === this.key &&
      (chosen.query ?? this.query) === this.query;
    for (const name of attributeNames) {
      const value = (chosen as Record<string, unknown>)[name];
      if (value !== undefined) this.setAttribute(name, String(value));
    }
    if (again) this.removeAttribute("key");
  }
}
