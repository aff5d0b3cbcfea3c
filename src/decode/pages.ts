import { Workspace, type Kernels } from "../engine/index.js";
import { tileSize } from "../elementary/tileSize.js";
import { rangeError, type FloatArray } from "../tensor/index.js";
import type { StoreShape } from "./store.js";

/**
 * The memory that a cache and its forks share: a workspace, cut into pages. A page holds one block of every
 * head of a batch entry, first the keys in panels of eight, `[Hkv][keys / 8][D][8]`, then the values, tiles in panels
 * of eight columns, `[Hkv][keys / 64][E / 8][64][8]`. Scratch memory of calls lies behind the last page.
 */
export class PagePool<A extends FloatArray> {
  readonly shape: StoreShape;
  readonly workspace: Workspace<A>;
  readonly kernels: Kernels;
  /** Bytes of an element, of a key, and of a value with its padding. */
  readonly size: number;
  readonly keyStep: number;
  readonly valueStep: number;
  readonly pageBytes: number;
  /** For every page and head at least the largest absolute value of its keys, or NaN. */
  readonly largest: Float64Array[] = [];
  readonly #first: number;
  readonly #references: number[] = [];
  readonly #free: number[] = [];

  constructor(fn: string, shape: StoreShape) {
    this.shape = shape;
    this.workspace = new Workspace<A>(fn, shape.dtype);
    this.kernels = this.workspace.kernels;
    this.size = this.workspace.size;
    this.keyStep = shape.headSize * this.size;
    this.valueStep = 8 * Math.ceil(shape.valueSize / 8) * this.size;
    this.pageBytes = shape.kvHeads * shape.blockKeys * (this.keyStep + this.valueStep);
    this.#first = this.workspace.base;
  }

  /** The memory in the precision of the cache; another array after it has grown. */
  get memory(): A {
    return this.workspace.memory;
  }

  /** The first byte behind the pages. */
  get end(): number {
    return this.#addressOf(this.#references.length);
  }

  /** Pages that nobody uses. */
  get free(): number {
    return this.#free.length;
  }

  /** The first byte of the keys of a page and head. */
  keysAt(page: number, head: number): number {
    return this.#addressOf(page) + head * this.shape.blockKeys * this.keyStep;
  }

  /** The first byte of the values of a page and head. */
  valuesAt(page: number, head: number): number {
    const { kvHeads, blockKeys } = this.shape;
    const behindKeys = kvHeads * blockKeys * this.keyStep;
    return this.#addressOf(page) + behindKeys + head * blockKeys * this.valueStep;
  }

  /** The element that holds column `e` of the value at place `slot` of a page. */
  valueAt(page: number, head: number, slot: number, e: number): number {
    const row = slot % tileSize;
    const tile = this.valuesAt(page, head) + (slot - row) * this.valueStep;
    return tile / this.size + (e - (e % 8)) * tileSize + row * 8 + (e % 8);
  }

  /** Makes sure of `pages` free pages, and of `scratch` bytes behind all pages. */
  reserve(fn: string, argument: string, pages: number, scratch: number): void {
    const missing = Math.max(0, pages - this.#free.length);
    const bytes = this.end + missing * this.pageBytes + scratch;
    try {
      this.workspace.reserve(fn, bytes);
    } catch {
      throw rangeError(
        fn,
        argument,
        `${bytes} bytes of WebAssembly memory`,
        "none from the system",
        'release caches that are done, or create the cache with engine: "portable"',
      );
    }
    for (let n = 0; n < missing; n++) {
      this.largest.push(new Float64Array(this.shape.kvHeads));
      // Used last to first: pages follow each other in memory as the positions do.
      this.#free.unshift(this.#references.push(0) - 1);
    }
  }

  /** A free page; `reserve` has made sure of it. */
  take(): number {
    const page = this.#free.pop()!;
    this.#references[page] = 1;
    this.largest[page].fill(0);
    return page;
  }

  share(pages: readonly number[]): void {
    for (const page of pages) this.#references[page]++;
  }

  isShared(page: number): boolean {
    return this.#references[page] > 1;
  }

  /** Ends one use of each of these pages. */
  drop(pages: readonly number[]): void {
    for (const page of pages) if (--this.#references[page] === 0) this.#free.push(page);
  }

  /** A page of one's own with the first `used` positions of another, whose use ends. */
  replace(page: number, used: number): number {
    const copy = this.take();
    const { u8 } = this.workspace;
    const keyBytes = 8 * Math.ceil(used / 8) * this.keyStep;
    const valueBytes = tileSize * Math.ceil(used / tileSize) * this.valueStep;
    for (let head = 0; head < this.shape.kvHeads; head++) {
      const keys = this.keysAt(page, head);
      u8.copyWithin(this.keysAt(copy, head), keys, keys + keyBytes);
      const values = this.valuesAt(page, head);
      u8.copyWithin(this.valuesAt(copy, head), values, values + valueBytes);
    }
    this.largest[copy].set(this.largest[page]);
    this.drop([page]);
    return copy;
  }

  #addressOf(page: number): number {
    return this.#first + page * this.pageBytes;
  }
}
