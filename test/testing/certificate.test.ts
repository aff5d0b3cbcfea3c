import { afterAll, describe, expect, it } from "vitest";
import {
  attention,
  attentionTrace,
  biases,
  masks,
  tensor,
  type AttentionOptions,
} from "../../src/core.js";
import { errorCertificate, type AttentionFunction } from "../../src/testing/index.js";
import { drawProblem } from "../../src/testing/draw.js";
import type { Problem } from "../../src/testing/problem.js";
import { readResult } from "../../src/testing/readResult.js";
import { readSupports } from "../../src/testing/readSupports.js";
import { toCall } from "../../src/testing/toCall.js";
import { engines, forced } from "../helpers/engines.js";
import { distance, exactAttention, toFixed } from "./exactAttention.js";
import { handWritten } from "./handWritten.js";
import { library, librarySupports } from "../../src/cli/selftest/library.js";

const supported = readSupports("test", librarySupports);

/** The options of the library for a problem. */
function optionsOf({ options }: ReturnType<typeof toCall>): AttentionOptions {
  const { mask, weights: _w, lse: _l, additiveMask: _a, ...rest } = options;
  return { ...rest, ...(mask ? { allow: mask } : {}) };
}

const ratios: Record<string, number[]> = {};

/** The errors of a function against 77 digits, each over its bound. */
async function expectCertified(
  name: string,
  fn: AttentionFunction,
  problem: Problem,
  rescalings?: number,
): Promise<void> {
  const call = toCall(problem, supported, { weights: true, lse: true });
  const { query, key, value } = call;
  const result = readResult(await fn(query, key, value, call.options));
  const bounds = errorCertificate(query, key, value, {
    ...optionsOf(call),
    ...(rescalings === undefined ? {} : { rescalings }),
  });
  const exact = exactAttention(problem);
  for (const field of ["output", "weights", "lse"] as const) {
    const list = (ratios[`${name}, ${field}`] ??= []);
    exact[field].forEach((value, at) => {
      const got = result[field]!.data[at];
      if (value === undefined) return expect(got).toBe(-Infinity);
      const [error, bound] = [distance(got, value), bounds[field].data[at]];
      if (!(error <= bound)) {
        expect.fail(
          `${field}[${at}] is off by ${error}, more than ${bound}: ${JSON.stringify(call)}`,
        );
      }
      if (field === "output" && bound > 0) list.push(error / bound);
      else if (error > 0) list.push(error / bound);
      return undefined;
    });
  }
}

const runs = 120 * Number(process.env.QKV_RUNS ?? 1);
const seed = Number(process.env.QKV_SEED ?? 1);

describe("the true error never exceeds the certificate", () => {
  const problems = Array.from({ length: runs }, (_, n) =>
    drawProblem({}, supported, seed, n, runs),
  );

  for (const engine of engines) {
    it(`qkv, engine ${engine}, which changes the maximum once a tile`, async () => {
      for (const problem of problems) {
        const tiles = Math.ceil(problem.S / 64);
        await expectCertified(`qkv ${engine} ${problem.dtype}`, library(engine), problem, tiles);
      }
    });
  }

  it("plain float32, two passes", async () => {
    for (const problem of problems) {
      if (problem.dtype !== "float32") continue;
      await expectCertified("plain float32", handWritten(), problem, 0);
    }
  });

  it("is not uselessly loose", () => {
    // For each result: the largest and the median share of the bound that was used.
    for (const [name, list] of Object.entries(ratios)) {
      const sorted = [...list].sort((a, b) => a - b);
      const [largest, median] = [sorted.at(-1)!, sorted[sorted.length >> 1]];
      expect(largest, name).toBeGreaterThan(0.04);
      expect(median, name).toBeGreaterThan(0.0005);
    }
  });

  afterAll(() => {
    if (!process.env.QKV_REPORT) return;
    const rows = Object.entries(ratios).map(([name, list]) => {
      const sorted = [...list].sort((a, b) => a - b);
      const at = (share: number): string =>
        (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toPrecision(2);
      return { name, numbers: sorted.length, median: at(0.5), "99 %": at(0.99), largest: at(1) };
    });
    console.table(rows);
  });
});

describe("hard problems", () => {
  const single = (numbers: number[][]) => tensor(numbers);

  const hard: Record<string, [number[][], number[][], number[][], AttentionOptions<Float32Array>]> =
    {
      "scores that cancel": [
        [[1e4, 1e4]],
        [
          [1, -1],
          [1.0001, -1],
        ],
        [[1], [-1]],
        { scale: 1 },
      ],
      "values that cancel": [[[0]], [[0], [0], [0]], [[1e8], [-1e8], [1]], { scale: 1 }],
      "a weight that underflows": [[[1]], [[0], [-110]], [[1], [1e37]], { scale: 1 }],
      "a far key with a large error": [
        [[1, 1]],
        [
          [0, 0],
          [1e6, -2e6],
        ],
        [[1], [2]],
        { scale: 1 },
      ],
      "large equal scores": [[[1e3]], [[1e3], [1e3]], [[1], [2]], { scale: 1 }],
      "a negative scale": [[[2]], [[1], [3]], [[1], [2]], { scale: -0.7 }],
      "a scale of 0": [[[2]], [[1], [3]], [[1], [2]], { scale: 0 }],
      "subnormal values": [[[0]], [[0], [0], [0]], [[1e-44], [3e-45], [1e-45]], {}],
      "subnormal queries": [[[1e-42]], [[3e38], [1e38]], [[1], [2]], { scale: 1 }],
      "a softcap that saturates": [[[40]], [[1], [2]], [[1], [2]], { softcap: 1 }],
    };
  for (const [name, [q, k, v, options]] of Object.entries(hard)) {
    it(name, () => {
      const [query, key, value] = [single(q), single(k), single(v)];
      const { output } = errorCertificate(query, key, value, { ...options, rescalings: 1 });
      const [L, D] = query.shape;
      const [S, E] = value.shape;
      const exact = exactAttention({
        ...{ B: 1, H: 1, Hkv: 1, L, S, D, E, dtype: "float32", seed: 0 },
        ...{ query: query.data, key: key.data, value: value.data },
        ...(options.scale === undefined ? {} : { scale: options.scale }),
        ...(options.softcap === undefined ? {} : { softcap: options.softcap }),
      });
      for (const engine of engines) {
        const got = forced(engine).attention(query, key, value, options);
        got.data.forEach((x, at) => {
          expect(distance(x, exact.output[at])).toBeLessThanOrEqual(output.data[at]);
        });
      }
      // Never more than what any weights could do.
      const column = [...value.data];
      const spread = Math.max(...column) - Math.min(...column);
      expect(output.data[0]).toBeLessThanOrEqual(
        1.0001 * spread + 1e-5 * Math.max(...column.map(Math.abs)) + 1e-36,
      );
    });
  }

  it("an unlucky sum uses a twelfth of its bound", () => {
    // Each addition of 0.1 to itself rounds the same way.
    const n = 64;
    const query = tensor(new Float32Array(1), { shape: [1, 1] });
    const key = tensor(new Float32Array(n), { shape: [n, 1] });
    let worst = 0;
    for (let tenths = 1; tenths < 60; tenths++) {
      const value = tensor(new Float32Array(n).fill(tenths / 10), { shape: [n, 1] });
      const bound = errorCertificate(query, key, value, { rescalings: 0 }).output.data[0];
      const got = attention(query, key, value).data[0];
      worst = Math.max(worst, distance(got, toFixed(value.data[0])) / bound);
    }
    expect(worst).toBeGreaterThan(1 / 12);
  });
});

describe("what the certificate says", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);

  it("shapes are those of the results", () => {
    const q = tensor(new Float32Array(2 * 4 * 3 * 5), { shape: [2, 4, 3, 5] });
    const k = tensor(new Float32Array(2 * 2 * 7 * 5), { shape: [2, 2, 7, 5] });
    const v = tensor(new Float32Array(2 * 2 * 7 * 11), { shape: [2, 2, 7, 11] });
    const { output, weights, lse } = errorCertificate(q, k, v, { grouped: true });
    expect([output, weights, lse].map(({ shape }) => shape)).toEqual([
      [2, 4, 3, 11],
      [2, 4, 3, 7],
      [2, 4, 3],
    ]);
    expect(output.dtype).toBe("float64");
  });

  it("a blocked key adds nothing, whatever it holds", () => {
    const clean = errorCertificate(x, x, x, { causal: true });
    const spoilt = tensor([
      [1, 2],
      [3, 4],
      [NaN, Infinity],
    ]);
    const { output } = errorCertificate(x, spoilt, spoilt, { causal: true });
    expect([...output.data.subarray(0, 4)]).toEqual([...clean.output.data.subarray(0, 4)]);
    expect([...output.data.subarray(4)]).toEqual([Infinity, Infinity]);
  });

  it("a row that may attend nothing is certified to be 0", () => {
    const { output, lse } = errorCertificate(x, x, x, { block: masks.causal() });
    expect([...output.data.subarray(4), lse.data[2]]).toEqual([0, 0, 0]);
  });

  it("Infinity where the sums may overflow", () => {
    const { output } = errorCertificate([[3e19]], [[3e19]], [[1]], { scale: 1e-30 });
    expect(output.data[0]).toBe(Infinity);
  });

  it("float64 is certified in float64, a coarser unit in its own", () => {
    const wide = tensor(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      { dtype: "float64" },
    );
    const [single, double, half] = [
      errorCertificate(x, x, x),
      errorCertificate(wide, wide, wide),
      errorCertificate(x, x, x, { unit: 2 ** -11 }),
    ].map(({ output }) => output.data[0]);
    expect(single / double).toBeGreaterThan(2 ** 28);
    expect(half / single).toBeGreaterThan(2 ** 12);
  });

  it("nested numbers are taken as float32, as the call takes them", () => {
    const nested = errorCertificate([[0.1]], [[0.1], [0.7]], [[0.3], [0.4]]);
    const typed = errorCertificate(tensor([[0.1]]), tensor([[0.1], [0.7]]), tensor([[0.3], [0.4]]));
    expect(nested).toEqual(typed);
  });

  it("a rule may hold float32 tensors, as in the call that it certifies", () => {
    const x = tensor([[1, 0], [0, 1]]); // prettier-ignore
    const numbers = tensor([[1, 0.25], [0.5, 1]]); // prettier-ignore
    const bias = biases.sum(numbers, biases.sum(numbers));
    const once = errorCertificate(x, x, x, { bias: tensor([[2, 0.5], [1, 2]]) }); // prettier-ignore
    expect([...errorCertificate(x, x, x, { bias }).output.data]).toEqual([...once.output.data]);
    const wrong = { bias: biases.sum(tensor([[1]], { dtype: "float64" })) };
    expect(() => errorCertificate(x, x, x, wrong)).toThrow("errorCertificate(): options.bias");
  });

  it("a trace says the same scores that are certified", () => {
    const { lse } = attentionTrace(x, x, x);
    expect(lse.data).toHaveLength(errorCertificate(x, x, x).lse.data.length);
  });
});
