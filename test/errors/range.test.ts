import { expect, test } from "vitest";
import * as core from "../../src/core.js";

const x = core.zeros([2, 2]);
const wide = core.zeros([2, 2], { dtype: "float64" });
const sizes = { kvHeads: 1, headSize: 2, capacity: 4 };
const square = core.zeros([2, 2]);
const layer = { heads: 1, queryWeight: square, keyWeight: square, valueWeight: square };
const angles = { cos: core.zeros([2, 1]), sin: core.zeros([2, 1]) };
const pairing = "half" as const;

/** Every place in which a function reads plain numbers, with one that may be beyond float32. */
const places: [string, (n: number) => unknown][] = [
  ["query", (n) => core.attention([[n, 1], [1, 1]], x, x)], // prettier-ignore
  ["key", (n) => core.attention(x, [[1, n]], [[1]])], // prettier-ignore
  ["value", (n) => core.attention(x, [[1, 1]], [[n]])], // prettier-ignore
  ["bias", (n) => core.attention(x, x, x, { bias: [[n, 1]] })],
  ["sinks", (n) => core.attention(x, x, x, { sinks: [n] })],
  ["biases.alibi", (n) => core.attention(x, x, x, { bias: core.biases.alibi([n]) })],
  ["biases.sum", (n) => core.attention(x, x, x, { bias: core.biases.sum([[1, n]]) })],
  ["biases.relative", (n) => core.attention(x, x, x, { bias: core.biases.relative([[n]]) })],
  ["mergeAttention", (n) => core.mergeAttention([{ output: [[n]], lse: [0] }])],
  ["its lse", (n) => core.mergeAttention([{ output: [[1]], lse: [n] }])],
  ["its sinks", (n) => core.mergeAttention([{ output: [[1]], lse: [0] }], { sinks: [n] })],
  ["matmul", (n) => core.matmul(x, [[n], [1]])],
  ["softmax", (n) => core.softmax([1, n])],
  ["logSumExp", (n) => core.logSumExp([1, n])],
  ["splitHeads", (n) => core.splitHeads([[1, n]], 2)],
  ["mergeHeads", (n) => core.mergeHeads([[[1, n]]])],
  ["input of a layer", (n) => core.multiHeadAttention([[n, 1]], x, x, { ...layer, outWeight: x })],
  ["its weights", (n) => core.multiHeadAttention(x, x, x, { ...layer, outWeight: [[1, n]] })],
  ["its biases", (n) => core.multiHeadAttention(x, x, x, { ...layer, outWeight: x, outBias: [1, n] })], // prettier-ignore
  ["a state", (n) => core.fromTorchMultiheadAttention({ in_proj_weight: [[n], [1], [1]], "out_proj.weight": [[1]] }, { heads: 1 })], // prettier-ignore
  ["rotary", (n) => core.rotary([[1, n]], {}, { pairing })],
  ["its cosines", (n) => core.rotary(x, { ...angles, cos: [[n], [1]] }, { pairing })],
  ["its sines", (n) => core.rotary(x, { ...angles, sin: [[n], [1]] }, { pairing })],
  ["KvCache.append", (n) => core.createKvCache(sizes).append([[1, n]], [[1, 1]])],
  ["its value", (n) => core.createKvCache(sizes).append([[1, 1]], [[1, n]])],
  ["tensor", (n) => core.tensor([1, n])],
  ["a plain list", (n) => core.softmax({ data: [1, n], shape: [2] })],
  ["toNested", (n) => core.toNested([1, n])],
  ["format", (n) => core.format([1, n])],
];

const message =
  /: expected a number of float32, up to 3\.4028235e\+38; got -?[\d.]+e\+\d+\. Fix: write .*dtype: "float64"/;

test.each(places)("%s refuses what float32 cannot hold, and takes Infinity and NaN", (_, read) => {
  for (const n of [1e39, -1e300, 3.4028235677973366e38]) {
    expect(() => read(n)).toThrow(RangeError);
    expect(() => read(n)).toThrow(message);
  }
  // The largest float32, and what rounds to it.
  for (const n of [3.4028234663852886e38, 3.4028235677973362e38, Infinity, -Infinity, NaN]) {
    expect(() => read(n)).not.toThrow();
  }
});

test("float64 holds them", () => {
  const key = core.tensor([[0, 0], [0, 0]], { dtype: "float64" }); // prettier-ignore
  expect(core.attention(wide, key, [[1e300, 0], [1e300, 1]]).data[0]).toBe(1e300); // prettier-ignore
  expect(core.tensor([1e39], { dtype: "float64" }).data[0]).toBe(1e39);
});
