import { expect, expectTypeOf, test } from "vitest";
import { mergeHeads, splitHeads } from "../../src/heads/index.js";
import { tensor, toNested, type FloatArray, type Tensor } from "../../src/tensor/index.js";
import { viewsOf } from "../tensor/views.js";

const [B, H, L, D] = [2, 3, 5, 7];
const counted = Float32Array.from({ length: B * L * H * D }, (_, i) => i);

test("head h of token l is the features h·D … (h + 1)·D − 1", () => {
  for (const view of Object.values(viewsOf(counted, [B, L, H * D]))) {
    const heads = splitHeads(view, H);
    expect(heads.shape).toEqual([B, H, L, D]);
    expect(heads.data).toBe(view.data);
    for (let b = 0; b < B; b++) {
      for (let h = 0; h < H; h++) {
        for (let l = 0; l < L; l++) {
          for (let d = 0; d < D; d++) {
            const at = [b, h, l, d].reduce((sum, n, axis) => sum + n * heads.stride[axis], 0);
            const expected = (b * L + l) * H * D + h * D + d;
            expect(heads.data[heads.offset + at]).toBe(expected);
          }
        }
      }
    }
  }
});

test("a split is a view: writing through it shows", () => {
  const x = tensor(new Float64Array(L * H * D), { shape: [L, H * D] });
  const heads = splitHeads(x, H);
  heads.data[heads.offset + 2 * heads.stride[0] + 4 * heads.stride[1] + 6 * heads.stride[2]] = 9;
  expect(x.data[4 * H * D + 2 * D + 6]).toBe(9);
  expectTypeOf(heads).toExtend<Tensor<Float64Array>>();
});

test("merging undoes splitting, as a copy", () => {
  for (const data of [counted, Float64Array.from(counted)]) {
    for (const view of Object.values(viewsOf<FloatArray>(data, [B, L, H * D]))) {
      const merged = mergeHeads(splitHeads(view, H));
      expect(merged.data).toEqual(data);
      expect(merged.data).not.toBe(view.data);
      expect([merged.shape, merged.stride, merged.offset]).toEqual([
        [B, L, H * D],
        [L * H * D, H * D, 1],
        0,
      ]);
    }
  }
  const row = tensor(counted.slice(0, H * L * D), { shape: [H, L, D] });
  expect(mergeHeads(row).data).not.toBe(row.data);
  expect(
    toNested(
      mergeHeads([
        [[1], [2]],
        [[3], [4]],
      ]),
    ),
  ).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test("more batch axes, one head, nothing at all", () => {
  const many = tensor(counted, { shape: [1, B, L, H * D] });
  expect(splitHeads(many, H).shape).toEqual([1, B, H, L, D]);
  expect(splitHeads(many, 1).shape).toEqual([1, B, 1, L, H * D]);
  expect(splitHeads(tensor(new Float32Array(0), { shape: [0, 6] }), 2).shape).toEqual([2, 0, 3]);
  expect(splitHeads(tensor(new Float32Array(0), { shape: [3, 0] }), 2).shape).toEqual([2, 3, 0]);
  expect(mergeHeads(tensor(new Float32Array(0), { shape: [2, 0, 3] })).shape).toEqual([0, 6]);
});

test("a copy that leaves has the one NaN", () => {
  const data = new Float32Array(Uint32Array.of(0xffc00001).buffer);
  const merged = mergeHeads(tensor(data, { shape: [1, 1, 1] }));
  expect(new Uint32Array(merged.data.buffer)[0]).toBe(0x7fc00000);
});
