// Attention over flat typed arrays: what a model holds in memory, without a copy.
//
//   npx tsx examples/typed-arrays.ts
import ndarray from "ndarray";
import ops from "ndarray-ops";
import { attention, attentionWithWeights, format, splitHeads, tensor, zeros } from "qkv";

const [B, L, H, D] = [2, 5, 3, 7];

// 1. A flat array and a shape make a tensor. The memory is shared, nothing is copied.
const data = Float32Array.from({ length: B * L * H * D }, (_, i) => ((i * 29) % 23) / 23 - 0.5);
const x = tensor(data, { shape: [B, L, H * D] });
console.log(x.data === data, x.shape, x.stride);
// → true [ 2, 5, 21 ] [ 105, 21, 1 ]

// 2. Views. Heads inside the features, a transposed matrix, every second token: only the strides change.
const heads = splitHeads(x, H); // [B, H, L, D]
console.log(heads.shape, heads.stride);
// → [ 2, 3, 5, 7 ] [ 105, 7, 21, 1 ]
const transposed = { data, shape: [7, 5], stride: [1, 7], offset: 0 };
console.log(attention(transposed, transposed, transposed).shape);
// → [ 7, 5 ]
const everySecond = ndarray(data, [B, L, H, D]).step(1, 2, 1, 1);
console.log(
  everySecond.shape,
  attention(everySecond, everySecond, everySecond, { layout: "BLHD" }).shape,
);
// → [ 2, 3, 3, 7 ] [ 2, 3, 3, 7 ]

// 3. Sequence first: [B, L, H, D] as it is. The same numbers, the same bits.
const sequenceFirst = tensor(data, { shape: [B, L, H, D] });
const output = attention(sequenceFirst, sequenceFirst, sequenceFirst, {
  layout: "BLHD",
  causal: true,
});
const byHeads = attention(heads, heads, heads, { causal: true });
let different = 0;
for (let b = 0; b < B; b++) {
  for (let i = 0; i < L; i++) {
    for (let h = 0; h < H; h++) {
      for (let d = 0; d < D; d++) {
        if (output.get(b, i, h, d) !== byHeads.get(b, h, i, d)) different++;
      }
    }
  }
}
console.log(different);
// → 0

// 4. One output for a loop: `out` is written, no memory is allocated for it.
const out = zeros([B, H, L, D]);
for (const scale of [0.5, 1, 2]) attention(heads, heads, heads, { scale, out });
console.log(out.shape, out.data.length);
// → [ 2, 3, 5, 7 ] 210

// 5. Check it with arithmetic that is not ours: the output of one row is Σ weight · value.
const { output: all, weights } = attentionWithWeights(heads, heads, heads, { causal: true });
const row = weights.pick(1, 2, 4, null); // batch entry 1, head 2, query 4
console.log(format(row));
// → float32 [5]
// →  0.2027 0.1746 0.2038 0.1755 0.2435
const sum = zeros([D]);
for (let j = 0; j < L; j++) {
  const value = ndarray(new Float32Array(D));
  ops.assign(value, ndarray(data, [B, L, H, D]).pick(1, j, 2, null));
  ops.mulseq(value, row.get(j));
  ops.addeq(sum, value);
}
ops.subeq(sum, all.pick(1, 2, 4, null));
console.log(Math.abs(ops.sum(row) - 1) < 1e-6, ops.norminf(sum) < 1e-6);
// → true true

// 6. float64 is another array, and nothing else.
const precise = tensor(Float64Array.from(data), { shape: [B, L, H, D] });
console.log(attention(precise, precise, precise, { layout: "BLHD" }).data.constructor.name);
// → Float64Array
