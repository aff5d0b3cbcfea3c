import { describe, expect, test } from "vitest";
import * as core from "../../src/core.js";
import { explain } from "../../src/explain/index.js";
import * as main from "../../src/index.js";
import { createEngine } from "../../src/threads/createEngine.js";
import type { Platform } from "../../src/threads/platform.js";
import type { Call } from "./calls.js";
import { otherEntries } from "./outcome.js";

// These add up or combine as many as they get; `laws` is a list.
const variadic = ["masks.and", "masks.or", "biases.sum"];

/** The functions of an entry by name, those inside of `masks` and `biases` too. */
function functionsOf(entry: object, prefix = ""): [string, Call][] {
  return Object.entries(entry).flatMap(([name, member]: [string, unknown]) => {
    const full = prefix + name;
    if (typeof member === "function") return [[full, member as Call] as [string, Call]];
    const holds = ["masks", "biases"].includes(name);
    return holds ? functionsOf(member as object, `${full}.`) : [];
  });
}

/** What a call with twelve arguments says. */
async function refusal(call: Call): Promise<string> {
  try {
    await call(...new Array<unknown>(12).fill(undefined));
    return "no error";
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const x = core.zeros([5, 4]);
const sizes = { kvHeads: 1, headSize: 4, capacity: 9 };
const view = explain(x, x, x, { tokens: ["a", "b", "c", "d", "e"] });

/** A platform whose workers are ready and do nothing. */
const platform: Platform = {
  check() {},
  parallelism: () => 1,
  start(_url, { message }) {
    queueMicrotask(() => message({ ready: true }));
    return { post() {}, keepAlive() {}, end() {} };
  },
};

/** Methods by name; those of a class are in its prototype. */
function methodsOf(object: object, names = Object.keys(object)): [string, Call][] {
  return names.flatMap((name) => {
    const method: unknown = object[name as never];
    return typeof method === "function" ? [[name, method.bind(object) as Call]] : [];
  }) as [string, Call][];
}

const cache = core.createKvCache(sizes);
const cacheMethods = Object.getOwnPropertyNames(Object.getPrototypeOf(cache)).filter(
  (name) => name !== "constructor",
);

describe.each([
  ["qkv/core", functionsOf(core)],
  ["qkv", functionsOf(main)],
  ["the other entries", functionsOf(otherEntries)],
  ["a cache", methodsOf(cache, cacheMethods)],
  ["a cache of qkv", methodsOf(main.createKvCache(sizes))],
  ["an explanation", methodsOf(view)],
  ["a view of it", methodsOf(view.head(0))],
])("%s refuses arguments that a function does not have", (_, functions) => {
  // JSON.stringify passes a key to `toJSON`.
  const all = functions.filter(([name]) => name !== "toJSON" && !variadic.includes(name));

  test.each(all)("%s", async (name, call) => {
    const said = await refusal(call);
    const own = name === "maskArbitrary" ? "masks" : name;
    expect(said).toMatch(
      /^TypeError: [\w.]+\(\): arguments: expected (none|at most \d+ \(.*\)); got 12\.$/,
    );
    expect(said.slice("TypeError: ".length).replace(/^KvCache\./, "")).toMatch(
      new RegExp(`^${own}\\(\\)`),
    );
    const [, count = 0, names = ""] = /at most (\d+) \((.*)\)/.exec(said) ?? [];
    expect(names === "" ? 0 : names.split(", ").length).toBe(Number(count));
    // Those with a default are not counted by JavaScript.
    expect(Number(count)).toBeGreaterThanOrEqual(call.length);
  });
});

test("there is something to ask", () => {
  expect(functionsOf(core).length).toBeGreaterThan(35);
  expect(cacheMethods.length).toBeGreaterThan(8);
  expect(methodsOf(view.head(0)).length).toBeGreaterThan(12);
});

test("an engine rejects", async () => {
  const engine = await createEngine(platform, { threads: 1 });
  for (const [name, call] of methodsOf(engine)) {
    expect(await refusal(call)).toBe(
      `TypeError: ${name}(): arguments: expected ${
        { close: "none", matmul: "at most 3 (a, b, options)" }[name] ??
        "at most 4 (query, key, value, options)"
      }; got 12.`,
    );
  }
});

test("an argument that is undefined counts", () => {
  const [q, none] = [[[1]], undefined];
  expect(core.attention(q, q, q, none).data).toEqual(Float32Array.of(1));
  const five = [q, q, q, none, none] as unknown as Parameters<typeof core.attention>;
  expect(() => core.attention(...five)).toThrow("got 5.");
});

test("a function of one argument can be given to map, and to nothing that looks like it", () => {
  const [a, b] = [core.tensor([[1, 2]]), core.tensor([[3]])];
  expect([a, b].map(core.toNested)).toEqual([[[1, 2]], [[3]]]);
  expect([Uint16Array.of(0x3c00)].map(main.fromFloat16)).toEqual([Float32Array.of(1)]);
  expect([4].map(core.alibiSlopes)[0]).toHaveLength(4);
  for (const second of [2, { layout: "BLHD" }, undefined]) {
    const call = core.mergeHeads as (...given: unknown[]) => unknown;
    expect(() => call([[[1]]], second)).toThrow(
      "mergeHeads(): arguments: expected at most 1 (x); got 2.",
    );
  }
  // With two arguments the index would be the second.
  expect(() => [a, b].map(core.splitHeads as never)).toThrow(
    "splitHeads(): arguments: expected at most 2",
  );
});
