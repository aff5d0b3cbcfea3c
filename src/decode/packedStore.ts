import { attendPortable } from "../attention/portable.js";
import type { Results } from "../attention/results.js";
import type { Operand, Call } from "../attention/call.js";
import { makeScratch, type Scratch } from "../attention/scratch.js";
import { attendStored, planLayout, sharedRows, type KeyStore } from "../attention/wasm/index.js";
import type { FloatArray } from "../tensor/index.js";
import { PagePool } from "./pages.js";
import { readPages } from "./readPages.js";
import type { Store, StoreShape } from "./store.js";
import { writePage, writeScratch } from "./writePage.js";

/** Keys and values packed in the memory of the WebAssembly kernels, which read them where they are. */
export class PackedStore<A extends FloatArray> implements Store<A> {
  readonly engine = "wasm";
  start = 0;
  length = 0;
  readonly #pool: PagePool<A>;
  #pages: number[] = [];

  private constructor(pool: PagePool<A>) {
    this.#pool = pool;
  }

  static create<A extends FloatArray>(fn: string, shape: StoreShape): PackedStore<A> {
    return PackedStore.over(new PagePool<A>(fn, shape));
  }

  static over<A extends FloatArray>(pool: PagePool<A>): PackedStore<A> {
    return new PackedStore(pool);
  }

  get bytes(): number {
    return this.#pages.length * this.#pool.pageBytes;
  }

  append(fn: string, key: Operand<A>, value: Operand<A>, count: number, floor: number): void {
    const pool = this.#pool;
    const { blockKeys } = pool.shape;
    const pages = this.#pages;
    const old = pages.slice(0, Math.floor((floor - this.start) / blockKeys));
    const used = (this.length - this.start) % blockKeys;
    // A started page is written to: on a copy, if a fork reads it too.
    const copies = used > 0 && pool.isShared(pages[pages.length - 1]) ? 1 : 0;
    const needed = Math.ceil((this.length + count - this.start) / blockKeys) - pages.length;
    const freed = old.filter((page) => !pool.isShared(page)).length;
    pool.reserve(fn, "key", needed + copies - freed, writeScratch(pool));
    // Nothing fails from here on.
    pool.drop(pages.splice(0, old.length));
    this.start += old.length * blockKeys;
    if (copies === 1) pages.push(pool.replace(pages.pop()!, used));
    for (let done = 0; done < count;) {
      const at = this.length - this.start;
      const slot = at % blockKeys;
      const rows = Math.min(count - done, blockKeys - slot);
      if (slot === 0) pages.push(pool.take());
      writePage(pool, pages[Math.floor(at / blockKeys)], slot, key, value, done, rows);
      done += rows;
      this.length += rows;
    }
  }

  truncate(length: number): void {
    const { blockKeys } = this.#pool.shape;
    if (length === 0) this.start = 0;
    this.length = length;
    this.#pool.drop(this.#pages.splice(Math.ceil((length - this.start) / blockKeys)));
  }

  fork(): PackedStore<A> {
    const copy = new PackedStore(this.#pool);
    copy.start = this.start;
    copy.length = this.length;
    copy.#pages = [...this.#pages];
    this.#pool.share(this.#pages);
    return copy;
  }

  release(): void {
    this.#pool.drop(this.#pages);
    this.#pages = [];
  }

  attend(call: Call<A>, results: Results<A>): number {
    const { batch, heads, queries, fn } = call;
    const pool = this.#pool;
    const all = batch * heads * queries;
    const layout = planLayout(call, sharedRows(call, 0, all), pool.end, true);
    pool.reserve(fn, "query", 0, layout.end - pool.end);
    let scratch: Scratch<A> | undefined;
    let unpacked: Call<A> | undefined;
    const careful = (from: number, to: number): number => {
      unpacked ??= { ...call, ...this.operands(fn) };
      scratch ??= makeScratch(unpacked);
      return attendPortable(unpacked, results, scratch, from, to);
    };
    return attendStored(call, results, this.#keyStore(), layout, careful, 0, all);
  }

  operands(fn: string): { key: Operand<A>; value: Operand<A> } {
    return readPages(fn, this.#pool, this.#pages, this.length - this.start);
  }

  /** One object for all chunks: a step passes thousands of them. */
  #keyStore(): KeyStore {
    const pool = this.#pool;
    const pages = this.#pages;
    const { blockKeys } = pool.shape;
    const chunk = { keysAt: 0, valuesAt: 0, largest: 0 };
    return {
      workspace: pool.workspace,
      base: pool.end,
      chunkKeys: blockKeys,
      load(head, j0) {
        const page = pages[j0 / blockKeys];
        chunk.keysAt = pool.keysAt(page, head);
        chunk.valuesAt = pool.valuesAt(page, head);
        chunk.largest = pool.largest[page][head];
        return chunk;
      },
    };
  }
}
