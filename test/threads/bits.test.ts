import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createThreadedEngine } from "qkv/threads";
import * as core from "../../src/core.js";
import type { FloatArray, Tensor } from "../../src/tensor/types.js";
import type { ThreadedEngine } from "../../src/threads/index.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { toCall, type Call } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { describeProblem, problemOf, recipes } from "../laws/problems.js";

const engines: ThreadedEngine[] = [];
beforeAll(async () => {
  for (const threads of [1, 2, 3, 4]) engines.push(await createThreadedEngine({ threads }));
});
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

function sameBits(threaded: Tensor, alone: Tensor, what: string): void {
  expect(threaded.shape, what).toEqual(alone.shape);
  expect(threaded.stride, what).toEqual(alone.stride);
  expect(threaded.data.buffer, what).toBeInstanceOf(ArrayBuffer);
  const at = firstDifferentBits(threaded.data as FloatArray, alone.data as FloatArray);
  expect(at, `${what}: element ${at}`).toBe(-1);
}

async function compare(call: Call, what: string, engine: ThreadedEngine): Promise<void> {
  const alone = core.attentionWithWeights(...call);
  const { lse } = core.attentionWithLse(...call);
  const [output, withLse, withWeights] = await Promise.all([
    engine.attention(...call),
    engine.attentionWithLse(...call),
    engine.attentionWithWeights(...call),
  ]);
  sameBits(output, alone.output, what);
  sameBits(withLse.output, alone.output, what);
  sameBits(withLse.lse, lse, `${what}: lse`);
  sameBits(withWeights.output, alone.output, what);
  sameBits(withWeights.weights, alone.weights, `${what}: weights`);
}

describe("threads give the bits of one thread", () => {
  for (const dtype of ["float32", "float64"] as const) {
    it(`${dtype}: random problems with every mask, bias, length, sink and layout`, async () => {
      const random = new Random(1);
      const property = fc.asyncProperty(recipes(dtype, true), async (recipe) => {
        const problem = problemOf(recipe);
        const engine = random.pick(engines);
        await compare(
          toCall(problem),
          `${engine.threads} threads: ${describeProblem(problem)}`,
          engine,
        );
      });
      await fc.assert(property, { numRuns: 30, seed: 7, endOnFailure: true });
    });
  }

  const { masks, biases } = core;
  const [B, Hkv, L, S, D, E] = [2, 2, 131, 197, 16, 24];
  const numbers = (shape: number[], seed: number): Tensor<Float32Array> => {
    const random = new Random(seed);
    const size = shape.reduce((a, n) => a * n, 1);
    return core.tensor(
      Float32Array.from({ length: size }, () => random.normal()),
      { shape },
    );
  };
  const query = numbers([B, 2 * Hkv, L, D], 1);
  const key = numbers([B, Hkv, S, D], 2);
  const value = numbers([B, Hkv, S, E], 3);
  const ids = (length: number): number[] => Array.from({ length }, (_, i) => Math.floor(i / 50));
  const bits = masks.dense(masks.where((b, h, i, j) => (b + h + i * j) % 3 !== 0), [B, 4, L, S]); // prettier-ignore
  const offsets = new Float64Array([9, 3, -4, 9]).subarray(1, 3);
  const large = { scale: 1.5, softcap: 5, sinks: numbers([4], 4), bias: numbers([L, S], 5) };
  const cases: Record<string, core.AttentionOptions<Float32Array>> = {
    "no mask": {},
    "causal, an offset per batch entry in a part of an array": { causal: { offset: offsets } },
    "causal and a window": { causal: "bottomRight", window: { left: 30 } },
    "masks.causal": { allow: masks.causal("topLeft") },
    "masks.window": { allow: masks.window({ left: 9, right: Infinity, align: "bottomRight" }) },
    "masks.lengths": { allow: masks.lengths([100, 7]) },
    "masks.prefix": { allow: masks.or(masks.prefix(30), masks.causal({ offset: 2 })) },
    "masks.segments": { allow: masks.segments([ids(L), new Int32Array(L)], [ids(S), ids(S)]) },
    "masks.not in block": { block: masks.not(masks.causal("topLeft")) },
    "masks.where": { allow: masks.where((b, h, i, j) => (i + j + b + h) % 5 > 1) },
    "masks.where deep inside, and block": {
      allow: masks.and(masks.causal("topLeft"), masks.not(masks.where((_b, _h, i, j) => i === j))),
      block: masks.prefix(3),
      keyLengths: [150, 197],
      queryLengths: [131, 70],
    },
    "masks.where in block": { block: masks.where((_b, _h, i, j) => i < j && j < 100) },
    "a bool tensor": { allow: bits },
    "a bool tensor inside a rule": { allow: masks.and(bits, masks.causal("topLeft")) },
    "nested booleans": { block: Array.from({ length: S }, (_, j) => j % 7 === 0) },
    "one boolean": { allow: true },
    "biases.alibi": {
      bias: biases.alibi(core.alibiSlopes(4), { align: { offset: [1, 2] } }),
      causal: "topLeft",
    },
    "biases.sum": {
      bias: biases.sum(numbers([L, S], 6), biases.alibi([1, 2, 3, 4], { align: "bottomRight" })),
    },
    "biases.where, and masks that leave tiles out": {
      bias: biases.where((b, h, i, j) => ((i + j) % 9 === 0 ? -Infinity : (b - h) / (j + 1))),
      window: { left: 40, right: 3, align: "bottomRight" },
      keyLengths: [150, 197],
      queryLengths: [131, 70],
    },
    "biases.where in a sum, in its place": {
      bias: biases.sum(
        numbers([L, S], 6),
        biases.where((_b, h, i, j) => Math.sin(h + i * j)),
        biases.relative(numbers([31, 4], 8), { align: { offset: [66, 3] } }),
      ),
      block: masks.where((_b, _h, i, j) => i === j),
    },
    "biases.relative": {
      bias: biases.relative(numbers([32, 4], 9), {
        buckets: { bidirectional: true, maxDistance: 90 },
        align: "bottomRight",
      }),
    },
    "everything else": { ...large, keyLengths: new Int32Array([20, 197]), queryLengths: [131, 5] },
    portable: { engine: "portable", causal: "topLeft" },
  };
  for (const [name, options] of Object.entries(cases)) {
    it(name, async () => {
      const call: Call = [query, key, value, { grouped: true, ...options }];
      for (const engine of engines) await compare(call, name, engine);
    });
  }

  it("the reference, rounded alike", async () => {
    const call: Call = [numbers([70, D], 7), numbers([S, D], 8), numbers([S, E], 9), { engine: "reference" }]; // prettier-ignore
    await compare(call, "reference", engines[2]);
  });

  it("one query over many keys, heads that share keys", async () => {
    const call: Call = [numbers([8, 1, D], 1), numbers([2, 9000, D], 2), numbers([2, 9000, E], 3), { grouped: true, causal: "bottomRight" }]; // prettier-ignore
    for (const engine of engines) await compare(call, "decode", engine);
  });

  it("nested numbers, and tensors that lie in shared memory already", async () => {
    const shared = (t: Tensor<Float32Array>): Tensor<Float32Array> => {
      const data = new Float32Array(new SharedArrayBuffer(t.data.byteLength));
      data.set(t.data);
      return core.tensor(data, { shape: t.shape });
    };
    const call: Call = [shared(query), shared(key), value, { grouped: true }];
    await compare(call, "shared", engines[1]);
    const x = [[1, 0], [0, 2]]; // prettier-ignore
    sameBits(await engines[3].attention(x, x, x), core.attention(x, x, x), "nested");
  });

  it("arguments may change while the workers compute", async () => {
    const own = { ...query, data: query.data.slice() };
    const lengths = [20, 30];
    const options = { grouped: true, keyLengths: lengths };
    const alone = core.attention(query, key, value, { ...options, keyLengths: [20, 30] });
    const promise = engines[1].attention(own, key, value, options);
    own.data.fill(NaN);
    lengths.fill(1);
    sameBits(await promise, alone, "changed");
  });
});

describe("matmul on threads gives the bits of one thread", () => {
  const random = new Random(5);
  const view = (shape: number[], wide: boolean): Tensor => {
    const size = shape.reduce((a, n) => a * n, 1);
    const numbers = Array.from({ length: size }, () => random.normal());
    const data = wide ? Float64Array.from(numbers) : Float32Array.from(numbers);
    return core.tensor(data, { shape });
  };
  const shapes: [number[], number[], core.MatmulOptions][] = [
    [[3, 5], [5, 2], {}], // prettier-ignore
    [[301, 97], [97, 203], {}], // prettier-ignore
    [[97, 301], [203, 97], { transposeA: true, transposeB: true }], // prettier-ignore
    [[2, 1, 130, 40], [3, 40, 30], {}], // prettier-ignore
    [[130, 40], [7, 50, 40], { transposeB: true }], // prettier-ignore
    [[2, 3, 0, 4], [4, 5], {}], // prettier-ignore
    [[2, 0], [0, 3], {}], // prettier-ignore
    [[0, 7, 4], [4, 5], {}], // prettier-ignore
    [[70, 300], [300, 70], { engine: "reference" }], // prettier-ignore
  ];
  for (const [a, b, options] of shapes) {
    it(`[${a}] by [${b}] ${JSON.stringify(options)}`, async () => {
      for (const wide of [false, true]) {
        const [left, right] = [view(a, wide), view(b, wide)] as Tensor<Float32Array>[];
        const alone = core.matmul(left, right, options);
        for (const engine of engines) {
          sameBits(await engine.matmul(left, right, options), alone, `${engine.threads} threads`);
        }
      }
    });
  }
});
