import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { attention, createKvCache, masks, type FloatArray } from "../../src/core.js";
import { PagePool } from "../../src/decode/pages.js";
import { PackedStore } from "../../src/decode/packedStore.js";
import { Workspace } from "../../src/engine/index.js";
import { wasmAvailable } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import {
  difference,
  drawQuery,
  drawSequence,
  feed,
  makeCache,
  nameOf,
  settings,
  type Setting,
} from "./model.js";

const all = settings.map((one) => [nameOf(one), { ...one, group: 1 }] as const);
const packed = all.filter(([, { engine }]) => engine === "wasm");

afterEach(() => vi.restoreAllMocks());

/** Bytes of one position with its padding. */
const positionBytes = ({ engine, dtype, batch, kvHeads, headSize, valueSize }: Setting): number => {
  const padded = engine === "wasm" ? 8 * Math.ceil(valueSize / 8) : valueSize;
  return batch * kvHeads * (headSize + padded) * (dtype === "float32" ? 4 : 8);
};

describe.each(all)("%s", (_, setting) => {
  const random = new Random(5);
  const sequence = drawSequence(random, setting, 700);
  const check = (cache: ReturnType<typeof makeCache>, from = sequence): string =>
    difference(cache, setting, from, drawQuery(random, setting, 1));

  test("memory comes in blocks, as positions do", () => {
    const cache = makeCache(setting);
    const position = positionBytes(setting);
    expect(cache.bytes).toBe(0);
    feed(cache, sequence, 0, 1);
    expect(cache.bytes).toBe(256 * position);
    feed(cache, sequence, 1, 256);
    expect(cache.bytes).toBe(256 * position);
    feed(cache, sequence, 256, 257);
    expect(cache.bytes).toBe(512 * position);
    cache.release();
    expect([cache.bytes, cache.length]).toEqual([0, 0]);
  });

  test("a small cache has small blocks", () => {
    const cache = makeCache({ ...setting, capacity: 10 });
    feed(cache, sequence, 0, 10);
    expect(cache.bytes).toBe(64 * positionBytes(setting));
  });

  test("a fork shares until one of the two writes, and then keeps its own", () => {
    const other = drawSequence(random, setting, 700);
    for (const join of [0, 1, 8, 100, 255, 256, 300]) {
      const cache = makeCache(setting);
      feed(cache, sequence, 0, join);
      const fork = cache.fork();
      expect(fork.length).toBe(join);
      const mixed = {
        key: merged(sequence.key.data, other.key.data, setting.headSize, join),
        value: merged(sequence.value.data, other.value.data, setting.valueSize, join),
      };
      feed(fork, mixed, join, join + 70);
      feed(cache, sequence, join, join + 9);
      expect(check(fork, mixed)).toBe("");
      expect(check(cache)).toBe("");
      cache.release();
      expect(check(fork, mixed)).toBe("");
    }
  });

  /** The first `join` positions of one sequence, the others of another. */
  function merged(a: FloatArray, b: FloatArray, size: number, join: number) {
    const data = a.slice();
    for (let row = 0; row * size < data.length; row++) {
      if (row % 700 < join) continue;
      data.set(b.subarray(row * size, (row + 1) * size), row * size);
    }
    const { batch, kvHeads, dtype } = setting;
    const stride = [kvHeads * 700 * size, 700 * size, size, 1];
    return { data, shape: [batch, kvHeads, 700, size], stride, offset: 0, dtype };
  }

  test("a fork of a fork outlives both", () => {
    const cache = makeCache(setting);
    feed(cache, sequence, 0, 300);
    const first = cache.fork();
    const second = first.fork();
    first.release();
    cache.release();
    feed(second, sequence, 300, 310);
    expect(check(second)).toBe("");
  });

  test("release is done once, and by `using` too", () => {
    const cache = makeCache(setting);
    feed(cache, sequence, 0, 3);
    const fork = cache.fork();
    cache.release();
    cache.release();
    cache[Symbol.dispose]();
    expect(check(fork)).toBe("");
    fork[Symbol.dispose]();
    expect(fork.bytes).toBe(0);
    expect(() => fork.attention([[1]])).toThrow(/released/);
  });

  test("where a runtime has no Symbol.dispose, the registered symbol stands for it", () => {
    const own = Object.getOwnPropertyDescriptor(Symbol, "dispose")!;
    // It is not configurable in newer runtimes: a stand-in for the global Symbol instead.
    vi.stubGlobal(
      "Symbol",
      Object.assign((name?: string) => own.value ?? name, { for: Symbol.for }),
    );
    const cache = makeCache(setting);
    vi.unstubAllGlobals();
    const key = Symbol.for("Symbol.dispose");
    (cache as unknown as Record<symbol, () => void>)[key]();
    expect(() => cache.fork()).toThrow(/released/);
  });

  test("a call from a mask of the cache's own attention is refused, and harms nothing", () => {
    const cache = makeCache(setting);
    feed(cache, sequence, 0, 80);
    const fork = cache.fork();
    const query = drawQuery(random, setting, 1);
    const calls: (() => unknown)[] = [
      () => fork.attention(query),
      () => feed(fork, sequence, 80, 81),
      () => cache.truncate(3),
      () => cache.fork(),
      () => fork.release(),
    ];
    for (const call of calls) {
      const allow = masks.where(() => (call(), true));
      expect(() => cache.attention(query, { allow })).toThrow(/during its own attention/);
    }
    const elsewhere = masks.where(() => attention([[1]], [[1]], [[1]]).data[0] === 1);
    expect(difference(cache, setting, sequence, query, { allow: elsewhere })).toBe("");
    expect(check(fork)).toBe("");
  });

  test("wrong arguments change nothing", () => {
    const cache = makeCache(setting);
    feed(cache, sequence, 0, 300);
    const { bytes } = cache;
    const { key, value } = sequence;
    const wrong: (() => void)[] = [
      () => cache.append(key, key),
      () => cache.append(value, value),
      () => cache.append({ ...key, shape: [2, 3, 9, 5] }, { ...value, shape: [2, 3, 8, 7] }),
      () => cache.append(key, { ...value, shape: [2, 3, 699, 7] }),
      () => feed(cache, drawSequence(random, { ...setting, batch: 1 }, 3), 0, 3),
      () => feed(cache, drawSequence(random, { ...setting, kvHeads: 1 }, 3), 0, 3),
      () => cache.append([[1]], [[1]]),
      () => cache.append("key" as never, value),
      () => cache.append(key, value),
      () => cache.truncate(302),
      () => cache.truncate(-1),
      () => cache.truncate(1.5),
    ];
    feed(cache, sequence, 300, 301);
    for (const call of wrong) expect(call).toThrow(/KvCache/);
    expect([cache.length, cache.bytes]).toEqual([301, bytes]);
    expect(check(cache)).toBe("");
  });
});

describe.runIf(wasmAvailable).each(packed)("%s", (_, setting) => {
  const random = new Random(6);
  const sequence = drawSequence(random, setting, 700);

  test("memory that cannot grow is a RangeError, and nothing is lost", () => {
    const cache = makeCache(setting);
    feed(cache, sequence, 0, 200);
    const fork = cache.fork();
    const reserve = vi.spyOn(Workspace.prototype, "reserve").mockImplementation(() => {
      throw new RangeError("no memory");
    });
    expect(() => feed(cache, sequence, 200, 600)).toThrow(/bytes of WebAssembly memory/);
    expect(() => feed(fork, sequence, 200, 201)).toThrow(/bytes of WebAssembly memory/);
    expect(() => cache.attention(drawQuery(random, setting, 1))).toThrow(RangeError);
    expect(cache.length).toBe(200);
    reserve.mockRestore();
    for (const one of [cache, fork]) {
      feed(one, sequence, 200, 600);
      expect(difference(one, setting, sequence, drawQuery(random, setting, 2))).toBe("");
    }
  });

  test("more than WebAssembly can address is a RangeError, and the cache works on", () => {
    const cache = makeCache({ ...setting, capacity: 2 ** 40 });
    feed(cache, sequence, 0, 5);
    const many = (x: typeof sequence.key) => ({
      ...x,
      shape: [...x.shape.slice(0, 2), 2 ** 26, x.shape[3]],
      stride: [0, 0, 0, 1],
    });
    expect(() => cache.append(many(sequence.key), many(sequence.value))).toThrow(RangeError);
    feed(cache, sequence, 5, 10);
    expect(difference(cache, setting, sequence, drawQuery(random, setting, 2))).toBe("");
  });

  test("thousands of forks leave no page behind", () => {
    const { batch, kvHeads, headSize, valueSize, dtype } = setting;
    const heads = batch * kvHeads;
    const sizes = { batch, kvHeads, headSize, valueSize, capacity: 1e6 };
    const shape = { dtype, ...sizes, blockKeys: 64, keptKeys: 0 };
    const pool = new PagePool<FloatArray>("test", shape);
    const rows = (size: number) => ({
      data: sequence.key.data,
      starts: Array.from({ length: heads }, (_, head) => head),
      row: size,
      column: 1,
    });
    const root = PackedStore.over(pool);
    const add = (store: typeof root, count: number): void =>
      store.append("test", {
        key: rows(headSize),
        value: rows(valueSize),
        counts: [count, count],
        floors: [0, 0],
      });
    add(root, 100);
    let { end } = pool;
    for (let n = 0; n < 3000; n++) {
      const fork = root.fork();
      add(fork, 1 + (n % 90));
      if (n % 2 === 0) fork.truncate([n % 100, n % 100]);
      if (n % 3 === 0) fork.reorder([1, 1]);
      fork.release();
      if (n === 90) ({ end } = pool);
    }
    expect(pool.end).toBe(end);
    root.release();
    expect(pool.free * pool.pageBytes).toBe(pool.end - pool.workspace.base);
  });
});

test("the memory of a family ends with its last member", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const made: WeakRef<object>[] = [];
  // Not by a spy: it would keep what it sees.
  const { reserve } = Workspace.prototype;
  Workspace.prototype.reserve = function (...needs) {
    made.push(new WeakRef(this));
    return reserve.apply(this, needs);
  };
  const cache = createKvCache({ kvHeads: 1, headSize: 1, capacity: 64 });
  cache.append([[1]], [[1]]);
  const fork = cache.fork();
  cache.release();
  Workspace.prototype.reserve = reserve;
  const rounds = async (): Promise<void> => {
    for (let n = 0; n < 5; n++) {
      await new Promise((resolve) => setTimeout(resolve));
      collect();
    }
  };
  await rounds();
  if (wasmAvailable) expect(made[0].deref()).toBeDefined();
  expect(fork.length).toBe(1);
  fork.release();
  await rounds();
  expect(made.filter((one) => one.deref() !== undefined)).toEqual([]);
  // Both are still in reach.
  expect([cache.length, fork.length]).toEqual([0, 0]);
});
