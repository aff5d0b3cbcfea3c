import { expect, test } from "vitest";
import * as core from "../../src/core.js";
import { Random } from "../helpers/random.js";
import { functions, names, valid, x, type Call } from "./calls.js";

/** The same garbage in every run. */
function generator(seed: number): () => number {
  const random = new Random(seed);
  return () => random.next();
}

function garbage(random: () => number, depth = 0): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const some = <T>(make: () => T, most = 4): T[] =>
    Array.from({ length: Math.floor(random() * most) }, make);
  const inner = (): unknown => garbage(random, depth + 1);
  const small = (): number => pick([0, 1, 2, 3, 4, 5]);
  const kinds: (() => unknown)[] = [
    () => pick([undefined, null, true, false, "", "half", "topLeft", "bottomRight", "float64"]),
    () => pick([0, -0, 1, 2, 3, 5, -1, 1.5, NaN, Infinity, -Infinity, 2 ** 40, 2 ** 53, 1e308]),
    () => pick([Symbol("s"), 10n, /x/, new Date(0), new Map(), new Map([["a", 1]]), new Set([1])]),
    () => pick([() => undefined, () => true, (i: number) => i, Object.create(null)]),
    () => pick([new Float32Array(4), new Float64Array(4), new Uint8Array(5), new Int32Array(4)]),
    () => pick([new ArrayBuffer(8), new DataView(new ArrayBuffer(8)), Promise.resolve(1), []]),
    () => core.zeros(some(small), { dtype: pick(["float32", "float64"] as never[]) }),
    () => core.tensor(Uint8Array.of(0, 1, 1, 0, 1)),
    () => pick([core.masks.causal(), core.masks.lengths([1, 2]), core.masks.not(null as never)]),
    () => pick([core.biases.alibi([1, 2, 3]), core.biases.sum(null as never)]),
    () => pick([{ kind: "mask" }, { kind: "bias" }, { kind: 3 }]),
    () => ({
      data: new Float32Array(20),
      shape: some(small),
      stride: some(small),
      offset: small(),
    }),
    () => ({ data: new Float64Array(1), shape: [2 ** 40, 3], stride: [0, 0], offset: 0 }),
    () => ({ data: new Float32Array(9), shape: inner(), stride: inner(), offset: inner() }),
    () => some(() => some(random)),
    () => some(() => random() < 0.5),
    () => some(inner),
    () => Object.fromEntries(some(() => [pick(names), inner()])),
  ];
  return depth > 3 ? pick([undefined, 1, "x", NaN]) : pick(kinds)();
}

/** A copy of `value` in which one place holds garbage. The inside of a rule is not for users. */
function spoil(value: unknown, random: () => number): unknown {
  const plain = Object.prototype.toString.call(value);
  const open = plain === "[object Array]" || (plain === "[object Object]" && !isRule(value));
  const keys = open && random() < 0.75 ? Object.keys(value as object) : [];
  if (keys.length === 0) return garbage(random);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as never;
  if (!Array.isArray(value) && random() < 0.2) {
    (copy as Record<string, unknown>)[names[Math.floor(random() * names.length)]] = garbage(random);
    return copy;
  }
  const key = keys[Math.floor(random() * keys.length)];
  (copy as Record<string, unknown>)[key] = spoil((value as Record<string, unknown>)[key], random);
  return copy;
}

function isRule(value: unknown): boolean {
  return typeof (value as { bind?: unknown }).bind === "function";
}

const ours = /^[\w.]+\(\): [^]+: expected [^]+; got [^]+\.$/;

/** How a call ended: "result", "error", or what it should not have done. */
function outcome(call: Call, args: readonly unknown[]): string {
  try {
    call(...args);
    return "result";
  } catch (error) {
    const known = error instanceof TypeError || error instanceof RangeError;
    return known && ours.test(error.message) ? "error" : String((error as Error)?.stack ?? error);
  }
}

test("valid calls are valid, and every function has one", () => {
  for (const [name, args] of valid) expect(outcome(functions[name], args)).toBe("result");
  const used = new Set(valid.map(([name]) => name));
  const rules = /^(masks|biases)\.(?!dense|sparsity)/;
  const missing = Object.keys(functions).filter(
    (name) => !used.has(name) && !rules.test(name) && name !== "releaseScratch",
  );
  expect(missing).toEqual([]);
});

test("spoilt arguments give a result or an error of ours", () => {
  const random = generator(20170612);
  const seen = { result: 0, error: 0 };
  for (let round = 0; round < 300; round++) {
    for (const [name, args] of valid) {
      const spoilt = spoil(args, random);
      const end = outcome(functions[name], Array.isArray(spoilt) ? spoilt : [spoilt]);
      if (end !== "result" && end !== "error") expect.fail(`round ${round}, ${name}: ${end}`);
      seen[end]++;
    }
  }
  expect(seen.error).toBeGreaterThan(500);
  expect(seen.result).toBeGreaterThan(500);
});

test("nothing but garbage gives a result or an error of ours", () => {
  const random = generator(42);
  for (let round = 0; round < 150; round++) {
    for (const [name, call] of Object.entries(functions)) {
      const args = Array.from({ length: Math.floor(random() * 6) }, () => garbage(random));
      const end = outcome(call, args);
      if (end !== "result" && end !== "error") expect.fail(`round ${round}, ${name}: ${end}`);
      // Rules are read where they are used.
      const rule = name.startsWith("masks.") || name.startsWith("biases.");
      if (end !== "result" || !rule) continue;
      const option = name.startsWith("masks.") ? "allow" : "bias";
      const made = { [option]: call(...args) };
      const used = outcome(functions.attention, [x(), x(), x(), made]);
      if (used !== "result" && used !== "error") expect.fail(`round ${round}, ${name}: ${used}`);
    }
  }
});
