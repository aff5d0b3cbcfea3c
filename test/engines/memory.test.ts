import { describe, expect, it } from "vitest";
import {
  attention,
  attentionWithWeights,
  masks,
  matmul,
  releaseScratch,
  tensor,
  zeros,
} from "../../src/core.js";
import { withWorkspace } from "../../src/engine/index.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";

const random = new Random(17);
const normal = (...shape: number[]) =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, n) => a * n, 1) }, () => random.normal()),
    { shape },
  );

describe("the memory of the WebAssembly engine", () => {
  it("is kept between calls for each precision, and given back by releaseScratch", () => {
    releaseScratch();
    const lent = (dtype: "float32" | "float64") => withWorkspace(dtype, dtype, (space) => space);
    const [single, double] = [lent("float32"), lent("float64")];
    expect([single.memory.BYTES_PER_ELEMENT, double.memory.BYTES_PER_ELEMENT]).toEqual([4, 8]);
    expect(lent("float32")).toBe(single);
    expect(lent("float64")).toBe(double);
    releaseScratch();
    expect(lent("float32")).not.toBe(single);
    expect(lent("float64")).not.toBe(double);
  });

  it("is not kept where one call took more than 16 MiB", () => {
    const first = withWorkspace("test", "float32", (workspace) => {
      workspace.reserve("test", 17 * 2 ** 20);
      return workspace;
    });
    expect(withWorkspace("test", "float32", (workspace) => workspace)).not.toBe(first);
  });

  it("stays small however many keys there are", () => {
    releaseScratch();
    const [query, key] = [normal(1, 8), normal(50_000, 8)];
    attention(query, key, key, { engine: "wasm" });
    withWorkspace("test", "float32", (workspace) =>
      expect(workspace.bytes).toBeLessThan(4 * 2 ** 20),
    );
  });

  it("that cannot grow is a RangeError, and the next call works", () => {
    const x = normal(70, 16);
    const before = attention(x, x, x, { engine: "wasm" });
    expect(() =>
      withWorkspace("test", "float32", (workspace) => {
        workspace.reserve("test", 2 ** 40);
      }),
    ).toThrow(/^test\(\): options\.engine: expected 1099511627776 bytes of WebAssembly memory/);
    // So many features that one key does not fit: refused by the call itself.
    const wide = { data: new Float32Array(1), shape: [2, 2 ** 26], stride: [0, 0], offset: 0 };
    expect(() => attention(wide, wide, [[1], [1]], { engine: "wasm" })).toThrow(RangeError);
    // JavaScript reads it where it is, and "auto" knows.
    expect([...attention(wide, wide, [[1], [3]]).data]).toEqual([2, 2]);
    const after = attention(x, x, x, { engine: "wasm" });
    expect(firstDifferentBits(after.data, before.data)).toBe(-1);
  });

  it("is not shared by a call inside a call", () => {
    const x = normal(70, 16);
    const plain = attention(x, x, x, { allow: masks.where((_b, _h, i, j) => (i * j) % 3 !== 1) });
    const inner = normal(80, 16);
    const nested = attention(x, x, x, {
      engine: "wasm",
      allow: masks.where((_b, _h, i, j) => {
        if (i % 40 === 0 && j === 0) attention(inner, inner, inner, { engine: "wasm" });
        return (i * j) % 3 !== 1;
      }),
    });
    expect(firstDifferentBits(nested.data, plain.data)).toBe(-1);
  });

  it("comes back after a mask has thrown", () => {
    const x = normal(70, 16);
    const allow = masks.where(() => {
      throw new Error("mine");
    });
    expect(() => attention(x, x, x, { allow, engine: "wasm" })).toThrow("mine");
    const out = zeros([70, 16]);
    expect(attention(x, x, x, { out, engine: "wasm" }).data).toBe(out.data);
  });

  it("is never read beyond what a call wrote there", () => {
    // Fill all of it with a number that would show (NaN would only send rows to the portable kernel),
    // then compare with a call in fresh memory.
    for (const [queries, keys, size] of [
      [1, 3, 5],
      [3, 67, 9],
      [66, 130, 17],
    ]) {
      const [q, k, v] = [normal(queries, size), normal(keys, size), normal(keys, size + 2)];
      releaseScratch();
      const fresh = attention(q, k, v, { engine: "wasm" });
      withWorkspace("test", "float32", ({ memory, base }) => memory.fill(1e30, base / 4));
      const poisoned = attention(q, k, v, { engine: "wasm" });
      expect(firstDifferentBits(poisoned.data, fresh.data)).toBe(-1);
    }
  });
});

describe("memory that is shared", () => {
  // Sent to another thread and back, the same bytes are another object.
  const twins = (values: readonly number[]): [Float32Array, Float32Array] => {
    const buffer = new SharedArrayBuffer(4 * values.length);
    const data = new Float32Array(buffer);
    data.set(values);
    return [data, new Float32Array(structuredClone(buffer))];
  };
  const numbers = Array.from({ length: 64 * 64 }, (_, i) => Math.fround(Math.sin(i * i)));
  const square = (data: Float32Array) => ({ data, shape: [64, 64], stride: [64, 1], offset: 0 });

  it.each(engines)("out may be the inputs through another buffer, on %s", (engine) => {
    const x = square(Float32Array.from(numbers));
    const [a, b] = twins(numbers);
    attention(square(a), square(a), square(a), { engine, out: square(b) });
    expect(Array.from(b)).toEqual(Array.from(attention(x, x, x, { engine }).data));
    const [c, d] = twins(numbers);
    matmul(square(c), square(c), { engine, out: square(d) });
    expect(Array.from(d)).toEqual(Array.from(matmul(x, x, { engine }).data));
  });
});

it.each(engines)("no heads at all are no rows, on %s", (engine) => {
  const [query, key, value] = [zeros([0, 3, 4]), zeros([0, 5, 4]), zeros([0, 5, 2])];
  expect(attention(query, key, value, { engine }).shape).toEqual([0, 3, 2]);
  expect(attentionWithWeights(query, key, value, { engine }).weights.shape).toEqual([0, 3, 5]);
});
