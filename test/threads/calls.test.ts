import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createThreadedEngine } from "qkv/threads";
import * as core from "../../src/core.js";
import { createEngine } from "../../src/threads/createEngine.js";
import type { AbortSignalLike, ThreadedEngine } from "../../src/threads/index.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { workerUrl } from "./build.js";
import { watchedNode } from "./platform.js";

let engine: ThreadedEngine;
beforeAll(async () => {
  engine = await createThreadedEngine({ threads: 2 });
});
afterAll(() => engine.close());

const x = core.tensor([[1, 0], [0, 2], [1, 1]]); // prettier-ignore
const wanted = [...core.attention(x, x, x).data];

/** A call that takes the workers longer than a test may last, in units of a few tenths of a second. */
const slow = { data: new Float32Array(64), shape: [64, 3000, 64], stride: [0, 0, 1], offset: 0 };
const startSlow = (options: object = {}, on = engine): Promise<core.Tensor<Float32Array>> =>
  on.attention(slow, slow, slow, { engine: "portable", ...options });

async function works(on: ThreadedEngine): Promise<void> {
  expect([...(await on.attention(x, x, x)).data]).toEqual(wanted);
}

/** What a promise rejects with. */
async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`resolved with ${String(value)}`),
    (reason: unknown) => reason,
  );
}

/** The error of a function. */
function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  return expect.fail("it did not throw");
}

describe("errors are those of one thread, by rejection", () => {
  type Args = readonly [unknown, unknown, unknown, unknown?];
  const bare = new Float32Array(4);
  const calls: Record<string, Args> = {
    "no tensor": [bare, x, x],
    "unknown option": [x, x, x, { isCausal: true }],
    "options that are no object": [x, x, x, 5],
    shapes: [x, core.zeros([3, 5]), x],
    precisions: [x, core.zeros([3, 2], { dtype: "float64" }), x],
    "mask shape": [x, x, x, { allow: [true, false] }],
    "a number as mask": [x, x, x, { allow: 1 }],
    "rule that does not fit": [x, x, x, { allow: core.masks.segments([1, 2]) }],
    "out of another shape": [x, x, x, { out: core.zeros([3, 3]) }],
    "out that is no tensor": [x, x, x, { out: 3 }],
    "out that repeats": [x, x, x, { out: { ...x, stride: [0, 1] } }],
    engine: [x, x, x, { engine: "gpu" }],
    "a bias that is no number": [x, x, x, { bias: core.biases.where(() => "1" as never) }],
    "a function that does not answer": [x, x, x, { allow: core.masks.where(() => 1 as never) }],
    "an empty row": [x, x, x, { block: [[false], [true], [true]], emptyRow: "throw" }],
  };
  for (const [name, args] of Object.entries(calls)) {
    it(name, async () => {
      const expected = errorOf(() => (core.attention as (...a: unknown[]) => unknown)(...args));
      const call = engine.attention as (...a: unknown[]) => Promise<unknown>;
      const error = (await reasonOf(call(...args))) as Error;
      expect([error.constructor.name, error.message]).toEqual([
        expected.constructor.name,
        expected.message,
      ]);
    });
  }

  it("the first empty row of all, in batches that different workers take", async () => {
    const [b, l] = [4, 700];
    const q = core.zeros([b, 2, l, 32]);
    const block = core.masks.where((bi, h, i) => bi >= 1 && h === 1 && i >= 300);
    const options = { block, emptyRow: "throw" } as const;
    const expected = errorOf(() => core.attention(q, q, q, options));
    expect(expected.message).toContain("query 300 of head 1 in batch entry 1");
    expect(await reasonOf(engine.attention(q, q, q, options))).toEqual(expected);
  });

  const products: Record<string, Args> = {
    "rows and columns": [[[1, 2]], [[1, 2]], undefined],
    "batch axes": [core.zeros([2, 3, 4]), core.zeros([3, 4, 3]), {}],
    rank: [[1, 2], [[1], [2]], {}],
    flag: [[[1]], [[1]], { transposeA: 1 }],
    "unknown option": [[[1]], [[1]], { adjointA: true }],
    engine: [[[1]], [[1]], { engine: "gpu" }],
    "no tensor": [[[1]], "b", {}],
    precisions: [core.zeros([1, 1]), core.zeros([1, 1], { dtype: "float64" }), {}],
    "too large": [
      { data: bare, shape: [2 ** 17, 1], stride: [0, 0], offset: 0 },
      { data: bare, shape: [1, 2 ** 20], stride: [0, 0], offset: 0 },
      {},
    ],
  };
  for (const [name, [a, b, options]] of Object.entries(products)) {
    it(`matmul: ${name}`, async () => {
      const alone = core.matmul as (...args: unknown[]) => unknown;
      const expected = errorOf(() => alone(a, b, options));
      const call = engine.matmul as (...args: unknown[]) => Promise<unknown>;
      const error = (await reasonOf(call(a, b, options))) as Error;
      expect([error.constructor, error.message]).toEqual([expected.constructor, expected.message]);
    });
  }

  it("a rule with a bind of its own cannot be sent", async () => {
    const bind = core.masks.causal().bind;
    const mask = { kind: "mask", bind } as core.MaskRule;
    expect(core.attention(x, x, x, { allow: mask }).shape).toEqual([3, 2]);
    const error = await reasonOf(engine.attention(x, x, x, { block: core.masks.not(mask) }));
    expect(error).toEqual(
      new TypeError(
        "attention(): options.block: expected a rule made by `masks`, which another thread can make again; got a rule with a `bind` of its own. Fix: write masks.where(function) or a bool tensor.",
      ),
    );
    const bias = { kind: "bias", bind: core.biases.alibi([1]).bind } as core.BiasRule;
    const inside = core.biases.sum([[1]], bias);
    await expect(engine.attention([[1]], [[1]], [[1]], { bias: inside })).rejects.toThrow(
      "options.bias: expected a rule made by `biases`",
    );
  });

  it("a signal that is none", async () => {
    for (const signal of [5, {}, { aborted: true }, null]) {
      await expect(engine.matmul(x, x, { signal } as never)).rejects.toThrow(
        "matmul(): options.signal: expected an AbortSignal; got",
      );
    }
  });

  it("creation", async () => {
    const create = createThreadedEngine as (options: unknown) => Promise<unknown>;
    for (const threads of [0, 1.5, -1, 1025, NaN]) {
      await expect(create({ threads })).rejects.toThrow(RangeError);
    }
    await expect(create({ threads: "2" })).rejects.toThrow(
      'createThreadedEngine(): options.threads: expected an integer from 1 to 1024; got "2".',
    );
    await expect(create({ numThreads: 2 })).rejects.toThrow("Fix: write `threads`.");
    await expect(create({ workerUrl: {} })).rejects.toThrow("options.workerUrl: expected a URL");
    await expect(create({ threads: 2, workerUrl: "file:///none/here.mjs" })).rejects.toThrow(
      /^createThreadedEngine\(\): engine: expected a worker that starts; got a worker that ended: .*here\.mjs.* Fix: /,
    );
  });
});

describe("calls beside each other", () => {
  it("an error in one leaves the others", async () => {
    const calls = Array.from({ length: 20 }, (_, i) => i % 3 === 1
        ? engine.attention(x, x, x, { engine: "gpu" as never })
        : engine.attention(x, x, x)); // prettier-ignore
    const settled = await Promise.allSettled(calls);
    settled.forEach((result, i) => {
      expect(result.status).toBe(i % 3 === 1 ? "rejected" : "fulfilled");
      if (result.status === "fulfilled") expect([...result.value.data]).toEqual(wanted);
    });
  });

  it("many of all sizes, each with its own result", async () => {
    const calls = Array.from({ length: 60 }, async (_, i) => {
      const q = core.tensor(Float32Array.from({ length: 40 * (i + 1) }, (_, n) => ((n * 7) % 11) - i % 3), { shape: [(i + 1) * 10, 4] }); // prettier-ignore
      const [output, product] = await Promise.all([
        engine.attention(q, q, q),
        engine.matmul(q, q, { transposeB: true }),
      ]);
      const alone = core.matmul(q, q, { transposeB: true });
      expect(firstDifferentBits(output.data, core.attention(q, q, q).data)).toBe(-1);
      expect(firstDifferentBits(product.data, alone.data)).toBe(-1);
    });
    await Promise.all(calls);
  });

  it("a small one does not wait for a large one that has a worker to spare", async () => {
    const two = await createThreadedEngine({ threads: 2 });
    const order: string[] = [];
    // One head of few rows: a single unit, for a single worker.
    const long = core.zeros([60, 64]);
    const far = core.zeros([50000, 64]);
    const large = two.attention(long, far, far, { engine: "portable" });
    const small = two.attention(x, x, x);
    await Promise.all([
      large.then(() => order.push("large")),
      small.then(() => order.push("small")),
    ]);
    expect(order).toEqual(["small", "large"]);
    await two.close();
  });

  it("the thread that asks stays free", async () => {
    const controller = new AbortController();
    let settled = false;
    const call = startSlow({ signal: controller.signal }).finally(() => (settled = true));
    for (let i = 0; i < 5; i++) await sleep(5);
    const before = settled;
    controller.abort("enough");
    expect([before, await reasonOf(call)]).toEqual([false, "enough"]);
  });
});

describe("out", () => {
  it("receives the output, whatever its layout, and nothing if the call fails", async () => {
    const data = new Float32Array(12).fill(7);
    const out = { data, shape: [3, 2], stride: [-2, 1], offset: 6 };
    const output = await engine.attention(x, x, x, { out });
    expect(output.data).toBe(data);
    const [a, b, c, d, e, f] = wanted;
    expect([...data]).toEqual([7, 7, e, f, c, d, a, b, 7, 7, 7, 7]);

    data.fill(7);
    const block = [[true], [false], [false]];
    await reasonOf(engine.attention(x, x, x, { out, block, emptyRow: "throw" }));
    expect(new Set(data)).toEqual(new Set([7]));
  });

  it("may be the memory of an input", async () => {
    const own = { ...x, data: x.data.slice() };
    await engine.attention(own, own, own, { out: own });
    expect([...own.data]).toEqual(wanted);
  });
});

describe("signal", () => {
  it("aborted before: rejects with its reason, and nothing is read", async () => {
    const reason = new Error("not wanted");
    const signal = AbortSignal.abort(reason);
    expect(await reasonOf(engine.attention("no tensor" as never, x, x, { signal }))).toBe(reason);
  });

  it("aborted during the call: rejects at once, out stays, the engine goes on", async () => {
    const controller = new AbortController();
    const out = core.zeros(slow.shape);
    out.data.fill(3);
    const call = startSlow({ signal: controller.signal, out });
    await sleep(30);
    const asked = performance.now();
    controller.abort("enough");
    expect(await reasonOf(call)).toBe("enough");
    expect(performance.now() - asked).toBeLessThan(1000);
    await works(engine);
    expect(out.data.every((n) => n === 3)).toBe(true);
  });

  it("aborted after: changes nothing, and no listener is left", async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const counted: AbortSignalLike = {
      get aborted() {
        return signal.aborted;
      },
      addEventListener: (type, listener) => (listeners++, signal.addEventListener(type, listener)),
      removeEventListener: (type, listener) => (
        listeners--,
        signal.removeEventListener(type, listener)
      ),
    };
    await engine.matmul(x, x, { transposeB: true, signal: counted });
    expect(listeners).toBe(0);
    controller.abort();
    await works(engine);
  });

  it("aborted by a function that the call asks", async () => {
    const controller = new AbortController();
    const allow = core.masks.where(() => (controller.abort("from inside"), true));
    const call = engine.attention(x, x, x, { allow, signal: controller.signal });
    expect(await reasonOf(call)).toBe("from inside");
  });
});

describe("close", () => {
  const closed = "engine: expected an open one; got one that is closed. Fix: write `await createThreadedEngine()` again."; // prettier-ignore

  it("rejects what is pending and what comes later, twice is once", async () => {
    const own = await createThreadedEngine({ threads: 2 });
    const pending = [startSlow({}, own), own.matmul(x, x, { transposeB: true })];
    const reasons = Promise.all(pending.map(reasonOf));
    await Promise.all([own.close(), own.close()]);
    await own.close();
    expect((await reasons).map(String)).toEqual([
      `Error: attention(): ${closed}`,
      `Error: matmul(): ${closed}`,
    ]);
    await expect(own.attention(x, x, x)).rejects.toThrow(`attention(): ${closed}`);
  });

  it("is what `await using` does", async () => {
    const own = await createThreadedEngine({ threads: 1 });
    const { asyncDispose } = Symbol as unknown as { asyncDispose: symbol };
    await (own as unknown as Record<symbol, () => Promise<void>>)[asyncDispose]();
    await expect(own.matmul(x, x)).rejects.toThrow(closed);
  });
});

describe("a worker that dies", () => {
  it("rejects its calls and is replaced", async () => {
    const { platform, handles } = watchedNode();
    const own = await createEngine(platform, { threads: 2, workerUrl: await workerUrl() });
    const call = startSlow({}, own);
    await sleep(20);
    void handles[0].end();
    expect(String(await reasonOf(call))).toBe(
      "Error: attention(): engine: expected every worker to live until the call is done; got a worker that ended: exit code 1. Fix: call again: another worker has taken its place.",
    );
    // An idle one too.
    await handles[1].end();
    for (let i = 0; i < 3; i++) await works(own);
    expect(handles.length).toBe(4);
    await own.close();
  });

  it("closes the engine if no other can be started", async () => {
    const { platform, handles } = watchedNode();
    const own = await createEngine(platform, { threads: 2, workerUrl: await workerUrl() });
    const { start } = platform;
    platform.start = (_, events) => start("file:///none/here.mjs", events);
    const pending = startSlow({}, own);
    await handles[0].end();
    expect(String(await reasonOf(pending))).toContain("got a worker that ended: exit code 1");
    await vi.waitFor(
      () =>
        expect(own.matmul(x, x, { transposeB: true })).rejects.toThrow(
          /expected a worker that starts; got .*here\.mjs/,
        ),
      { timeout: 20_000 },
    );
    await own.close();
  });

  it("closes the engine if starting throws", async () => {
    const { platform, handles } = watchedNode();
    const own = await createEngine(platform, { threads: 1, workerUrl: await workerUrl() });
    platform.start = () => {
      throw new Error("no more threads");
    };
    await handles[0].end();
    await expect(own.matmul(x, x)).rejects.toThrow("ended: no more threads");
    const failing = createEngine(platform, { threads: 1 });
    await expect(failing).rejects.toThrow(/^createThreadedEngine\(\).*no more threads/);
  });
});
