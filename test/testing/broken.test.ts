import { describe, expect, it } from "vitest";
import { attention } from "../../src/core.js";
import {
  checkAttention,
  readResult,
  type AttentionFunction,
  type CheckOptions,
} from "../../src/testing/index.js";
import { failureOf } from "./failureOf.js";

// Whatever a function does, the check ends with a report: a law that is broken, and a message that says how.

const good: AttentionFunction = (query, key, value) => attention(query, key, value);

async function firstLaw(fn: AttentionFunction, options: CheckOptions = {}) {
  const report = await checkAttention(fn, {
    only: ["result"],
    source: { name: "attend" },
    ...options,
  });
  expect(report.ok).toBe(false);
  expect(report.laws).toHaveLength(1);
  return report.laws[0];
}

const wrong: Record<string, [AttentionFunction, RegExp]> = {
  nothing: [() => undefined, /the result: expected a tensor .* got undefined/],
  null: [() => null, /got null/],
  text: [() => "0.5", /got "0.5"/],
  "a bare typed array": [() => new Float32Array(1), /got a bare Float32Array/],
  "a function": [() => () => 0, /got a function/],
  "an object without data": [() => ({ result: [[0]] }), /got an object/],
  "ragged rows": [() => [[1], [1, 2]], /ragged/],
  "text in rows": [() => [["1"]], /expected a number; got "1"/],
  "data for another shape": [
    () => ({ data: new Float32Array(3), dims: [1, 1] }),
    /as many elements as its shape \[1, 1\] says, 1; got Float32Array of 3/,
  ],
  "a view that reaches past its data": [
    () => ({ data: new Float32Array(1), shape: [1, 1], stride: [1, 1], offset: 1 }),
    /a view inside its data of 1 elements/,
  ],
  "another shape": [() => [[1, 2]], /output: expected shape \[1, 1\], got shape \[1, 2\]/],
  "another rank": [() => [1], /output: expected shape \[1, 1\], got shape \[1\]/],
  "an output that is no tensor": [() => ({ output: 5n }), /output: expected a tensor/],
  NaN: [() => [[NaN]], /a\.output\.data\[0\] is NaN/],
  Infinity: [() => [[Infinity]], /a\.output\.data\[0\] is Infinity/],
  "an error": [
    () => {
      throw new TypeError("no such kernel");
    },
    /^the function throws TypeError: no such kernel \(broken\.test\.ts:\d+:\d+\)$/,
  ],
  "something thrown that is no error": [
    () => {
      throw "out of memory";
    },
    /the function throws "out of memory"/,
  ],
  "a promise that rejects": [
    () => Promise.reject(new Error("503")),
    /the function throws Error: 503/,
  ],
  "a promise of nothing": [() => Promise.resolve(), /got undefined/],
  "a promise that rejects with nothing": [() => Promise.reject(), /the function throws undefined/],
};

describe("what a function may not return", () => {
  for (const [what, [fn, says]] of Object.entries(wrong)) {
    it(what, async () => {
      const { status, reason, counterexample } = await firstLaw(fn);
      expect(status).toBe("broken");
      expect(reason).toMatch(says);
      expect(counterexample!.sizes).toEqual({ B: 1, H: 1, Hkv: 1, L: 1, S: 1, D: 1, E: 1 });
      // The code fails too: in the call, in reading the result, or in an assertion.
      expect(await failureOf(counterexample!.code, fn)).toBeDefined();
    });
  }

  it("no weights, no lse", async () => {
    const { reason, counterexample } = await firstLaw(good, { supports: { weights: true } });
    expect(reason).toBe("weights: expected shape [1, 1], got nothing");
    expect(await failureOf(counterexample!.code, good)).toBeInstanceOf(Error);
    const lse = await firstLaw(good, { supports: { lse: true } });
    expect(lse.reason).toBe("lse: expected shape [1], got nothing");
  });
});

describe("a function that hangs", () => {
  const hang: AttentionFunction = () => new Promise(() => {});

  it("has broken two laws; the others are not run", async () => {
    const started = Date.now();
    const { ok, laws } = await checkAttention(hang, { timeout: 20 });
    expect(ok).toBe(false);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(laws.slice(0, 2).map(({ status, reason }) => [status, reason])).toEqual([
      ["broken", "the promise did not settle within 20 ms"],
      ["broken", "the promise did not settle within 20 ms"],
    ]);
    const rest = laws.slice(2).filter(({ status }) => status !== "not applicable");
    expect(new Set(rest.map(({ status, reason }) => `${status}: ${reason}`))).toEqual(
      new Set(["not run: the function hangs"]),
    );
  });

  it("now and then is found too", async () => {
    let calls = 0;
    const sometimes: AttentionFunction = (...call) =>
      ++calls % 30 ? good(...call) : hang(...call);
    const { reason } = await firstLaw(sometimes, { timeout: 20 });
    expect(reason).toBe("the promise did not settle within 20 ms");
  });
});

it("an error inside a law is not taken for one of the function", async () => {
  const options = {
    onProgress: () => {},
    onLaw: () => {
      throw new Error("the caller's own");
    },
  };
  await expect(checkAttention(good, options)).rejects.toThrow("the caller's own");
});

it("a thenable that is no promise is awaited", async () => {
  const thenable: AttentionFunction = (...call) => ({
    then: (resolve: (value: unknown) => void) => resolve(good(...call)),
  });
  (await checkAttention(thenable)).assert();
});

describe("what would be read wrongly", () => {
  const data = [1, 2, 3, 4];

  it("strides under another name are not left out", () => {
    expect(() => readResult({ data, shape: [2, 2], strides: [1, 2] })).toThrow(
      "readResult(): the result.stride: expected the step of each axis; got `strides`. Fix: write stride: in elements",
    );
    expect([...readResult({ data, shape: [2, 2], stride: [1, 2] }).output.data]).toEqual([
      1, 3, 2, 4,
    ]);
  });

  it("16 bits may be the bits of float16, and are no integers", () => {
    const bits = Uint16Array.of(0x3c00);
    expect(() => readResult({ data: bits, dims: [1] })).toThrow(
      /bits of float16\. Fix: tensor\(fromFloat16\(data\)/,
    );
  });
});

it("a function may refuse a query of NaN", async () => {
  const fn: AttentionFunction = (query, key, value) => {
    if (query.data.some(Number.isNaN)) throw new RangeError("NaN");
    return attention(query, key, value);
  };
  const [law] = (await checkAttention(fn, { only: ["query-garbage"] })).laws;
  expect([law.status, law.finding]).toEqual(["held", "a query of NaN is refused"]);
});
