import type { Call, Operand } from "../attention/call.js";
import { attendPortable } from "../attention/portable.js";
import type { Results } from "../attention/results.js";
import { makeScratch, type Scratch } from "../attention/scratch.js";
import { attendStored, planLayout, sharedRows, type KeyStore } from "../attention/wasm/index.js";
import type { FloatArray } from "../tensor/index.js";
import { attendEntries } from "./attendEntries.js";
import { matricesOf } from "./matrices.js";
import { PagePool } from "./pages.js";
import { readPages } from "./readPages.js";
import { placeOf, type Added, type Span, type Store, type StoreShape } from "./store.js";
import { writePage, writeScratch } from "./writePage.js";

/** The pages of a batch entry, in the order of its positions. */
interface Sequence extends Span {
  start: number;
  length: number;
  pages: number[];
}

/** Keys and values packed in the memory of the WebAssembly kernels, which read them where they are. */
export class PackedStore<A extends FloatArray> implements Store<A> {
  readonly engine = "wasm";
  readonly #pool: PagePool<A>;
  #sequences: Sequence[];

  private constructor(pool: PagePool<A>, sequences: Sequence[]) {
    this.#pool = pool;
    this.#sequences = sequences;
  }

  static create<A extends FloatArray>(fn: string, shape: StoreShape): PackedStore<A> {
    return PackedStore.over(new PagePool<A>(fn, shape));
  }

  static over<A extends FloatArray>(pool: PagePool<A>): PackedStore<A> {
    const { batch, keptKeys } = pool.shape;
    const empty = (): Sequence => ({ start: keptKeys, length: 0, pages: [] });
    return new PackedStore(pool, Array.from({ length: batch }, empty));
  }

  get spans(): readonly Span[] {
    return this.#sequences;
  }

  get bytes(): number {
    const pages = new Set(this.#sequences.flatMap((sequence) => sequence.pages));
    return pages.size * this.#pool.pageBytes;
  }

  append(fn: string, { key, value, counts, floors }: Added<A>): void {
    const pool = this.#pool;
    const { blockKeys, keptKeys, kvHeads } = pool.shape;
    const kept = keptKeys / blockKeys;
    const plans = this.#sequences.map((sequence, b) => {
      const { start, length, pages } = sequence;
      const given = Math.max(0, Math.floor((floors[b] - start) / blockKeys));
      const old = counts[b] === 0 ? [] : pages.slice(kept, kept + given);
      const used = placeOf(length, sequence, keptKeys) % blockKeys;
      // A started page is written to: on a copy, if somebody else reads it too.
      const copies = counts[b] > 0 && used > 0 && pool.isShared(pages[pages.length - 1]) ? 1 : 0;
      const end = placeOf(length + counts[b], sequence, keptKeys);
      const needed = Math.ceil(end / blockKeys) - pages.length;
      const freed = old.filter((page) => !pool.isShared(page)).length;
      return { sequence, old, used, copies, needed: needed + copies - freed };
    });
    const needed = plans.reduce((sum, plan) => sum + plan.needed, 0);
    pool.reserve(fn, "key", needed, writeScratch(pool));
    // Nothing fails from here on. What is given up comes first: others may need its pages.
    for (const { sequence, old } of plans) {
      pool.drop(sequence.pages.splice(kept, old.length));
      sequence.start += old.length * blockKeys;
    }
    plans.forEach(({ sequence, used, copies }, b) => {
      const { pages } = sequence;
      if (copies === 1) pages.push(pool.replace(pages.pop()!, used));
      for (let done = 0; done < counts[b];) {
        const at = placeOf(sequence.length, sequence, keptKeys);
        const slot = at % blockKeys;
        const rows = Math.min(counts[b] - done, blockKeys - slot);
        if (slot === 0) pages.push(pool.take());
        const page = pages[Math.floor(at / blockKeys)];
        writePage(pool, page, slot, key, value, b * kvHeads, done, rows);
        done += rows;
        sequence.length += rows;
      }
    });
  }

  truncate(lengths: readonly number[]): void {
    const { blockKeys, keptKeys } = this.#pool.shape;
    this.#sequences.forEach((sequence, b) => {
      if (lengths[b] <= keptKeys) sequence.start = keptKeys;
      const pages = Math.ceil(placeOf(lengths[b], sequence, keptKeys) / blockKeys);
      sequence.length = lengths[b];
      this.#pool.drop(sequence.pages.splice(pages));
    });
  }

  reorder(entries: readonly number[]): void {
    const old = this.#sequences;
    this.#sequences = entries.map((b) => this.#shared(old[b]));
    for (const { pages } of old) this.#pool.drop(pages);
  }

  fork(): PackedStore<A> {
    return new PackedStore(
      this.#pool,
      this.#sequences.map((sequence) => this.#shared(sequence)),
    );
  }

  release(): void {
    for (const { pages } of this.#sequences) this.#pool.drop(pages);
    this.#sequences = [];
  }

  attend(call: Call<A>, results: Results<A>): number {
    const { batch, heads, queries, fn, engine } = call;
    if (engine !== this.engine)
      return attendEntries(call, results, (fn, b) => this.operands(fn, b));
    const pool = this.#pool;
    const all = batch * heads * queries;
    const layout = planLayout(call, sharedRows(call, 0, all), pool.end, true);
    pool.reserve(fn, "query", 0, layout.end - pool.end);
    const unpacked: (Call<A> | undefined)[] = [];
    let scratch: Scratch<A> | undefined;
    // Rows of one batch entry.
    const byPortable = (from: number, to: number): number => {
      const b = Math.floor(from / (heads * queries));
      const whole = (unpacked[b] ??= { ...call, ...matricesOf(call, b, this.operands(fn, b)) });
      scratch ??= makeScratch(whole);
      return attendPortable(whole, results, scratch, from, to);
    };
    return attendStored(call, results, this.#keyStore(), layout, byPortable, 0, all);
  }

  operands(fn: string, b: number): { key: Operand<A>; value: Operand<A> } {
    const sequence = this.#sequences[b];
    const count = placeOf(sequence.length, sequence, this.#pool.shape.keptKeys);
    return readPages(fn, this.#pool, sequence.pages, count);
  }

  #shared({ start, length, pages }: Sequence): Sequence {
    this.#pool.share(pages);
    return { start, length, pages: [...pages] };
  }

  /** One object for all chunks: a step passes thousands of them. */
  #keyStore(): KeyStore<A> {
    const pool = this.#pool;
    const sequences = this.#sequences;
    const { blockKeys, kvHeads } = pool.shape;
    const chunk = { keysAt: 0, valuesAt: 0, largest: 0 };
    return {
      workspace: pool.workspace,
      base: pool.end,
      chunkKeys: blockKeys,
      load(head, j0) {
        const page = sequences[Math.floor(head / kvHeads)].pages[j0 / blockKeys];
        chunk.keysAt = pool.keysAt(page, head % kvHeads);
        chunk.valuesAt = pool.valuesAt(page, head % kvHeads);
        chunk.largest = pool.largest[page][head % kvHeads];
        return chunk;
      },
    };
  }
}
