import { describe, expect, it } from "vitest";
import { attention } from "../../src/core.js";
import {
  checkAttention,
  laws,
  testAttention,
  type AttentionFunction,
  type LawResult,
  type Progress,
  type TestFunction,
} from "../../src/testing/index.js";
import { handWritten, handWrittenSupports } from "./handWritten.js";

const fn: AttentionFunction = (query, key, value) => attention(query, key, value);
const unscaled: AttentionFunction = (query, key, value) =>
  attention(query, key, value, { scale: 1 });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("what is checked", () => {
  it("every law by default, in the order of `laws`", async () => {
    const report = await checkAttention(fn);
    expect(report.laws.map(({ id, name, equation }) => ({ id, name, equation }))).toEqual(laws);
    expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length);
  });

  it("`only` and `skip` by id", async () => {
    const ids = async (options: object) =>
      (await checkAttention(fn, options)).laws.map(({ id }) => id);
    expect(await ids({ only: ["linear", "scale"] })).toEqual(["scale", "linear"]);
    expect(await ids({ only: ["linear", "scale"], skip: ["scale"] })).toEqual(["linear"]);
    expect((await ids({ skip: ["scale"] })).length).toBe(laws.length - 1);
  });

  it("a law that does not apply is reported so, never as held", async () => {
    const { laws: results, ok } = await checkAttention(fn);
    expect(ok).toBe(true);
    for (const { id, status, reason, cases } of results) {
      if (status === "held") expect(cases, id).toBeGreaterThan(9);
      else expect([status, cases, reason!.length > 10]).toEqual(["not applicable", 0, true]);
    }
    const none = await checkAttention(fn, { only: ["mask-polarity"] });
    expect(none.ok).toBe(false);
    expect(() => none.assert()).toThrow("no law applies to this function");
  });

  it("only what is supported is asked for", async () => {
    const asked = new Set<string>();
    const spy: AttentionFunction = (query, key, value, options) => {
      Object.keys(options).forEach((name) => asked.add(name));
      expect([query.shape.length, query.dtype, query.offset]).toEqual([2, "float32", 0]);
      expect(query.stride).toEqual([query.shape[1], 1]);
      return fn(query, key, value, options);
    };
    await checkAttention(spy);
    expect([...asked]).toEqual([]);
    await checkAttention(handWritten(), { supports: handWrittenSupports, only: ["result"] });
    const all: AttentionFunction = (query, key, value, options) => {
      Object.keys(options).forEach((name) => asked.add(name));
      expect(query.shape).toHaveLength(4);
      return handWritten()(query, key, value, options);
    };
    (await checkAttention(all, { supports: handWrittenSupports })).assert();
    const told = ["mask", "bias", "causal", "window", "keyLengths", "scale", "softcap", "sinks"];
    expect([...asked].sort()).toEqual([...told, "grouped", "weights", "lse"].sort());
  });

  it("precisions alternate, values have the size of keys where told", async () => {
    const dtypes = new Set<string>();
    const spy: AttentionFunction = (query, key, value) => {
      dtypes.add(query.dtype);
      expect(value.shape[1]).toBe(key.shape[1]);
      return attention(query, key, value);
    };
    const supports = { dtype: ["float32", "float64"], valueSize: false } as const;
    (await checkAttention(spy, { supports, only: ["linear"] })).assert();
    expect([...dtypes].sort()).toEqual(["float32", "float64"]);
  });
});

describe("seed and runs", () => {
  it("the same seed gives the same cases and the same report", async () => {
    const times = { milliseconds: 0 };
    const plain = async (seed: number) => {
      const { laws } = (await checkAttention(unscaled, { seed })).toJSON() as { laws: object[] };
      return laws.map((law) => ({ ...law, ...times }));
    };
    expect(await plain(7)).toEqual(await plain(7));
    expect(await plain(7)).not.toEqual(await plain(8));
  });

  it("cases come smallest first, the first is 1×1", async () => {
    const sizes: number[] = [];
    const spy: AttentionFunction = (query, key, value) => {
      sizes.push(Math.max(...query.shape, ...key.shape, ...value.shape));
      return attention(query, key, value);
    };
    await checkAttention(spy, { only: ["result"], runs: 60 });
    expect(sizes).toHaveLength(60);
    expect(sizes[0]).toBe(1);
    expect(Math.max(...sizes.slice(0, 40))).toBe(3);
    expect(Math.max(...sizes)).toBeGreaterThan(60);
  });

  it("every seed finds the same bug", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { laws } = await checkAttention(unscaled, { only: ["scale"], seed });
      expect(laws[0].reason).toMatch(/got no scale/);
    }
  });
});

describe("time", () => {
  it("a budget is shared by the laws; one that did not come to run is reported", async () => {
    const slow: AttentionFunction = async (...call) => {
      await sleep(5);
      return fn(...call);
    };
    const started = Date.now();
    const report = await checkAttention(slow, { budget: 2000 });
    expect(Date.now() - started).toBeLessThan(4000);
    const told = report.laws.filter(({ reason }) =>
      reason?.startsWith("stopped by the budget after"),
    );
    expect(told.length).toBeGreaterThan(5);
    for (const { status, cases } of told) expect(status).toBe(cases < 10 ? "not run" : "held");
    const none = await checkAttention(slow, { budget: 0.001 });
    expect(none.ok).toBe(false);
    expect(none.laws[0].status).toBe("not run");
    expect(() => none.assert()).toThrow(/was not checked: stopped by the budget after \d cases/);
  });

  it("a signal ends the check with what is known by then", async () => {
    const controller = new AbortController();
    const done: string[] = [];
    const report = await checkAttention(fn, {
      signal: controller.signal,
      onLaw: ({ id }) => void (done.push(id) === 3 && controller.abort()),
    });
    expect(report.ok).toBe(false);
    expect(report.laws.slice(0, 3).map(({ id }) => id)).toEqual(done.slice(0, 3));
    const open = report.laws.filter(({ status }) => status === "not run");
    expect(open.length).toBeGreaterThan(5);
    expect(open[0].reason).toBe("interrupted after 0 cases");
  });

  it("a function that never waits does not keep timers waiting", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const progress: Progress[] = [];
    const report = await checkAttention(fn, {
      runs: 1_000_000,
      signal: controller.signal,
      onProgress: (now) => progress.push(now),
    });
    expect(report.laws[0].reason).toMatch(/^interrupted after [1-9]/);
    const first = { law: "result", index: 0, laws: laws.length, runs: 1_000_000 };
    expect(progress[0]).toEqual({ ...first, run: 0, cases: 0 });
    expect(progress[7]).toEqual({ ...first, run: 7, cases: 7 });
  });
});

describe("the report", () => {
  it("as text: one line a law, then the counterexamples", async () => {
    const text = String(await checkAttention(unscaled, { only: ["result", "scale", "batch"] }));
    expect(text).toMatch(/^✓ result +60 cases$/m);
    expect(text).toMatch(/^✗ scale +broken: expected the default, .*; got no scale/m);
    expect(text).toMatch(/^– batch +not applicable: /m);
    expect(text).toMatch(/^1 held, 1 broken, 1 not applicable, 0 not run \(seed 1, \d+ ms\)$/m);
    expect(text).toContain('import { unscaled } from "./attention.js";');
  });

  it("the code imports a default export as one", async () => {
    const source = { name: "default", from: "./mine.js" };
    const report = await checkAttention(unscaled, { only: ["scale"], source });
    const { code } = report.laws[0].counterexample!;
    expect(code).toContain('import attention from "./mine.js";');
    expect(code).toContain("await attention(query, key, value, ");
    const property = { name: "default.attend", from: "./mine.cjs" };
    const other = await checkAttention(unscaled, { only: ["scale"], source: property });
    expect(other.laws[0].counterexample!.code).toContain('import module from "./mine.cjs";');
    expect(other.laws[0].counterexample!.code).toContain("await module.attend(query, key, ");
  });

  it.each(["a", "query", "key2", "tensor", "readResult", "assert", "row"])(
    "the code declares no name twice: %s",
    async (name) => {
      const source = { name, from: "./mine.js" };
      const report = await checkAttention(unscaled, { only: ["scale"], source });
      const { code } = report.laws[0].counterexample!;
      expect(code).toContain(`import { ${name} as attention } from "./mine.js";`);
      expect(code).toContain("await attention(query, key, value, ");
    },
  );

  it("as JSON, with nothing that JSON does not have", async () => {
    const nan: AttentionFunction = () => [[NaN]];
    const report = await checkAttention(nan, { only: ["result", "one-key"] });
    const json = JSON.parse(JSON.stringify(report)) as { ok: boolean; laws: LawResult[] };
    expect(json).toEqual(report.toJSON());
    expect(json.ok).toBe(false);
    expect(json.laws[0].counterexample!.code).toContain("Number.isFinite");
    const held = await checkAttention(fn, { only: ["linear"] });
    const { laws } = JSON.parse(JSON.stringify(held)) as { laws: LawResult[] };
    expect(laws[0].worst!.deviation).toBeLessThanOrEqual(laws[0].worst!.bound);
  });

  it("`assert` says what is broken, and nothing where all is well", async () => {
    (await checkAttention(fn)).assert();
    const report = await checkAttention(unscaled);
    expect(() => report.assert()).toThrow(/"scale: .*" does not hold \(scale, seed 1\)/);
    expect(() => report.assert()).toThrow(/await unscaled\(query, key, value, \{\}\)/);
  });
});

describe("one law = one test", () => {
  it("of any runner: a name, a function without parameters, skip", async () => {
    const registered = new Map<string, () => Promise<void>>();
    const skipped: string[] = [];
    const test: TestFunction = (name, run) => registered.set(name, run);
    test.skip = (name) => skipped.push(name);
    testAttention(test, unscaled, {});
    expect(registered.size + skipped.length).toBe(laws.length);
    expect(skipped).toContain(
      "grouped = repeated heads (grouped): not claimed that it shares key/value heads (supports.grouped)",
    );
    for (const run of registered.values()) expect(run).toHaveLength(0);
    await registered.get("linear in the values (linear)")!();
    await expect(
      registered.get("scale: what the scores are multiplied by (scale)")!(),
    ).rejects.toThrow(/got no scale/);
  });

  it("a runner without skip does not register what does not apply", () => {
    const names: string[] = [];
    testAttention((name) => names.push(name), fn);
    expect(names.join()).not.toContain("grouped");
  });

  it("onLaw tells of each test", async () => {
    const told: string[] = [];
    const runs: (() => Promise<void>)[] = [];
    const onLaw = ({ id, status }: LawResult): void => void told.push(`${id} ${status}`);
    testAttention((_, run) => runs.push(run), fn, { only: ["linear"], onLaw });
    await runs[0]();
    expect(told).toEqual(["linear held"]);
  });
});

it("a claim for which there are too few cases was not checked", async () => {
  const peeking: AttentionFunction = (q, k, v) => attention(q, k, v);
  const supports = { causal: "square" } as const;
  // One query and one key say nothing about causality.
  const report = await checkAttention(peeking, { supports, only: ["causal", "linear"], runs: 1 });
  expect(report.laws.map(({ status }) => status)).toEqual(["not run", "held"]);
  expect(report.laws[0].reason).toBe("none of 1 cases says anything about it: too few");
  expect(report.ok).toBe(false);
});
