import { describe, expect, it } from "vitest";
import type { FloatArray } from "../../src/tensor/types.js";
import { writeOddNaN, firstDifferentBits } from "../helpers/bits.js";
import { forced } from "../helpers/engines.js";
import { visibility } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { denseOf } from "../helpers/tensors.js";
import { floatsOf, randomProblem, settings } from "./make.js";

// 150 keys: two whole tiles and a rest. Every way of blocking, every kind of poison.
const [L, S] = [9, 150];

const random = new Random(17);
const hidden = Array.from({ length: L * S }, () => (random.chance(0.4) ? 1 : 0));
// A whole tile and a column that no query may see.
hidden.forEach((_, pair) => {
  const j = pair % S;
  if ((j >= 64 && j < 128) || j === 3) hidden[pair] = 1;
});
const invert = Uint8Array.from(hidden, (bit) => 1 - bit);

const ways: Record<string, (dtype: "float32" | "float64") => Partial<Problem>> = {
  allow: () => ({ allow: { data: invert, shape: [L, S] } }),
  block: () => ({ block: { data: Uint8Array.from(hidden), shape: [L, S] } }),
  "bias −Infinity": (dtype) => ({
    bias: floatsOf(
      dtype,
      hidden.map((bit, pair) => (bit ? -Infinity : (pair % 7) / 3)),
      [L, S],
    ),
  }),
  causal: () => ({ causal: { offset: 100 } }),
  "causal, far to the left": () => ({ causal: { offset: -4 } }),
  window: () => ({ window: { left: 70, right: 3, align: { offset: 90 } } }),
  keyLengths: () => ({ keyLengths: [67, 128] }),
  queryLengths: () => ({ queryLengths: [4, 0] }),
  segments: () => ({
    segments: {
      query: Array.from({ length: L }, (_, i) => Math.floor(i / 3)),
      key: Array.from({ length: S }, (_, j) => Math.floor(j / 60)),
    },
  }),
  "all together": () => ({
    block: { data: Uint8Array.from(hidden), shape: [L, S] },
    causal: { offset: 120 },
    window: { left: 110, right: Infinity },
    keyLengths: [140, 128],
    softcap: 3,
  }),
};

const poisons: Record<string, (data: FloatArray, at: number, max: number) => void> = {
  NaN: (data, at) => (data[at] = NaN),
  "NaN with a payload": (data, at) => writeOddNaN(data, at, true),
  Infinity: (data, at) => (data[at] = Infinity),
  "−Infinity": (data, at) => (data[at] = -Infinity),
  "both infinities": (data, at) => (data[at] = at % 2 ? Infinity : -Infinity),
  "the largest number": (data, at, max) => (data[at] = at % 2 ? max : -max),
};

describe.each(settings)("what is blocked is never read ($dtype, $engine)", ({ dtype, engine }) => {
  const { attention, attentionTrace } = forced(engine);

  const max = dtype === "float32" ? 3.4028234663852886e38 : Number.MAX_VALUE;
  for (const [way, options] of Object.entries(ways)) {
    it.each(Object.keys(poisons))(`blocked by ${way}: %s`, (kind) => {
      const clean = randomProblem(dtype, 3, { L, S, H: 1 }, options(dtype));
      const { B, H } = sizesOf(clean);
      const visible = visibility(clean);
      // The poison sits in every key or value that one row may not see.
      const row = way === "queryLengths" ? 5 : 2;
      for (const target of ["key", "value"] as const) {
        const keys = Array.from({ length: S }, (_, j) => j).filter((j) => !visible[row * S + j]);
        expect(keys.length).toBeGreaterThan(0);
        const data = clean[target].data.slice();
        const width = clean[target].shape[3];
        for (let matrix = 0; matrix < B * H; matrix++) {
          for (const j of keys) {
            for (let n = 0; n < width; n++) poisons[kind](data, (matrix * S + j) * width + n, max);
          }
        }
        const poisoned = { ...clean, [target]: { ...clean[target], data } };
        const unaware = Array.from({ length: B * H * L }, (_, r) => r).filter((r) =>
          keys.every((j) => !visible[r * S + j]),
        );
        expect(unaware).toContain(row);
        const [before, after] = [results(clean), results(poisoned)];
        for (const name of ["output", "traced", "weights", "lse"] as const) {
          for (const r of unaware) {
            const width = before[name].length / (B * H * L);
            const cut = (all: FloatArray): FloatArray => all.slice(r * width, (r + 1) * width);
            const at = firstDifferentBits(cut(after[name]), cut(before[name]));
            if (at >= 0) expect.fail(`${target}: ${name} of row ${r} differs at ${at}`);
          }
        }
      }
    });
  }

  it("a query past queryLengths is never read", () => {
    const clean = randomProblem(dtype, 3, { L, S }, { queryLengths: [4, 0] });
    const query = { ...clean.query, data: clean.query.data.slice() };
    query.data.fill(NaN, 4 * 11, 9 * 11);
    const { output } = results({ ...clean, query });
    expect(firstDifferentBits(output, results(clean).output)).toBe(-1);
  });

  it("a row that may see the poison is spoilt by it", () => {
    const clean = randomProblem(dtype, 3, { L, S }, { causal: { offset: 100 } });
    const key = { ...clean.key, data: clean.key.data.slice() };
    key.data.fill(NaN, 105 * 11, 106 * 11);
    const { output } = results({ ...clean, key });
    expect(output.subarray(4 * 13, 5 * 13).some(Number.isNaN)).toBe(false);
    expect(output.subarray(5 * 13, 6 * 13).every(Number.isNaN)).toBe(true);
  });

  function results(problem: Problem) {
    const call = toCall(problem);
    const trace = attentionTrace(...call);
    return {
      output: denseOf(attention(...call)).data,
      // A trace walks the blocked pairs too.
      traced: denseOf(trace.output).data,
      weights: denseOf(trace.weights).data,
      lse: denseOf(trace.lse).data,
    };
  }
});
