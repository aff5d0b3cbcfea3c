import type { Section } from "../table.js";

export const masks: Section = {
  title: "Masks and biases",
  rows: [
    {
      wrote: "attention(x, x, x, { allow: [[1, 0, 1, 0, 1]] })",
      type: TypeError,
      message:
        "attention(): options.allow[0][0]: expected a boolean; got 1. Fix: write true and false; numbers that are added to the scores go into `bias`.",
      why: "Numbers have no polarity: 1 may mean keep or block, 0 may be added.",
    },
    {
      wrote: "attention(x, x, x, { allow: zeros([5, 5]) })",
      type: TypeError,
      message:
        "attention(): options.allow: expected booleans; got numbers, Float32Array [5, 5]. Fix: write true and false, or a Uint8Array view of 1 and 0; numbers that are added to the scores go into `bias`.",
      why: "Numbers have no polarity.",
    },
    {
      wrote: "attention(x, x, x, { block: zeros([5, 5]) })",
      type: TypeError,
      message:
        "attention(): options.block: expected booleans; got numbers, Float32Array [5, 5]. Fix: write true and false, or a Uint8Array view of 1 and 0; numbers that are added to the scores go into `bias`.",
      why: "Numbers have no polarity.",
    },
    {
      wrote: "attention(x, x, x, { allow: tensor(Uint8Array.of(1, 255, 1, 0, 1)) })",
      type: TypeError,
      message:
        "tensor(): data: expected zeros and ones; got the value 255. Fix: write what is true as 1, the rest as 0.",
      why: "Other integers than 0 and 1 are refused where they are made.",
    },
    {
      wrote:
        "attention(x, x, x, { allow: { data: Uint8Array.of(1, 255, 1, 0, 1), shape: [5], stride: [1], offset: 0 } })",
      type: TypeError,
      message:
        "attention(): options.allow: expected zeros and ones; got the value 255. Fix: write what is true as 1, the rest as 0.",
      why: "A mask of integers has no single meaning.",
    },
    {
      wrote:
        "attention(x, x, x, { block: { data: new Int32Array(5), shape: [5], stride: [1], offset: 0 } })",
      type: TypeError,
      message:
        "attention(): options.block: expected booleans; got integers, Int32Array [5]. Fix: if it holds 1 for true and 0 for false: tensor(Uint8Array.from(data, Number), { shape: [...] }).",
      why: "A mask of integers has no single meaning.",
    },
    {
      wrote: "attention(x, x, x, { bias: [[true, false, true, false, true]] })",
      type: TypeError,
      message:
        "attention(): options.bias[0][0]: expected a number; got true. Fix: booleans belong in `allow` or `block`.",
      why: "Booleans are not added.",
    },
    {
      wrote: "attention(x, x, x, { bias: tensor([true, false, true, false, true]) })",
      type: TypeError,
      message:
        "attention(): options.bias: expected numbers; got booleans, Uint8Array [5]. Fix: booleans belong in `allow` or `block`.",
      why: "Booleans are not added.",
    },
    {
      wrote: "attention(x, x, x, { allow: biases.alibi([1]) })",
      type: TypeError,
      message:
        "attention(): options.allow: expected booleans or a rule from `masks`; got a rule from `biases`. Fix: write it as `bias`.",
      why: "A rule that computes numbers.",
    },
    {
      wrote: "attention(x, x, x, { bias: masks.causal() })",
      type: TypeError,
      message:
        "attention(): options.bias: expected numbers that are added to the scores, or a rule from `biases`; got a rule from `masks`. Fix: write it as `allow` (true = may attend) or `block` (true = may not).",
      why: "A rule that says true or false.",
    },
    {
      wrote: "attention(x, x, x, { allow: (i, j) => j <= i })",
      type: TypeError,
      message:
        "attention(): options.allow: expected booleans or a rule from `masks`; got a function. Fix: call the rule, as in masks.causal(), or write masks.where(function).",
      why: "A function needs its four arguments named.",
    },
    {
      wrote: "attention(x, x, x, { allow: null })",
      type: TypeError,
      message: "attention(): options.allow: expected booleans or a rule from `masks`; got null.",
      why: "No mask: leave it out.",
    },
    {
      wrote: 'attention(x, x, x, { block: "future" })',
      type: TypeError,
      message:
        'attention(): options.block: expected booleans or a rule from `masks`; got "future".',
      why: "A mask is not named.",
    },
    {
      wrote: "attention(x, x, x, { bias: null })",
      type: TypeError,
      message:
        "attention(): options.bias: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got null.",
      why: "No bias: leave it out.",
    },
    {
      wrote: "attention(q, k, v, { allow: tensor(new Uint8Array(70), { shape: [2, 5, 7] }) })",
      type: RangeError,
      message:
        "attention(): options.allow: expected rank 0, [S], [L, S] or the full rank of the scores [2, 3, 5, 7], with 1 where it repeats; got [2, 5, 7]. Fix: write all 4 axes: [2, 1, 5, 7] if its first axis is the batch.",
      why: "`[B, L, S]` and `[H, L, S]` look alike.",
    },
    {
      wrote: "attention(q, k, v, { allow: [[true, false]] })",
      type: RangeError,
      message:
        "attention(): options.allow: expected rank 0, [S], [L, S] or the full rank of the scores [2, 3, 5, 7], with 1 where it repeats; got [1, 2].",
      why: "The last axis are the keys.",
    },
    {
      wrote: "attention(q, k, v, { block: tensor(new Uint8Array(14), { shape: [2, 7] }) })",
      type: RangeError,
      message:
        "attention(): options.block: expected rank 0, [S], [L, S] or the full rank of the scores [2, 3, 5, 7], with 1 where it repeats; got [2, 7]. Fix: write all 4 axes: [2, 1, 1, 7] if its first axis is the batch (`keyLengths` for padding at the end).",
      why: "A padding mask `[B, S]`: rank 2 is always `[L, S]`.",
    },
    {
      wrote:
        "attention(zeros([3, 5, 4]), zeros([3, 7, 4]), zeros([3, 7, 4]), { block: tensor(new Uint8Array(21), { shape: [3, 7] }) })",
      type: RangeError,
      message:
        "attention(): options.block: expected rank 0, [S], [L, S] or the full rank of the scores [3, 5, 7], with 1 where it repeats; got [3, 7]. Fix: write all 3 axes: [3, 1, 7] if its first axis is the heads.",
      why: "The same of heads.",
    },
    {
      wrote: "attention(q, k, v, { bias: zeros([3, 5, 7]) })",
      type: RangeError,
      message:
        "attention(): options.bias: expected rank 0, [S], [L, S] or the full rank of the scores [2, 3, 5, 7], with 1 where it repeats; got [3, 5, 7]. Fix: write all 4 axes: [1, 3, 5, 7] if it is the heads.",
      why: "`[B, L, S]` and `[H, L, S]` look alike.",
    },
    {
      wrote: 'attention(q, k, v, { bias: zeros([5, 7], { dtype: "float64" }) })',
      type: TypeError,
      message:
        "attention(): options.bias: expected float32, the precision of query; got float64 (Float64Array [5, 7]). Fix: convert one of them, for instance Float32Array.from(data).",
      why: "A bias has the precision of the inputs.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.where(true) })",
      type: TypeError,
      message:
        "attention(): options.allow: expected masks.where of a function (b, h, i, j) => boolean; got true.",
      why: "`where` asks a function.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.where((b, h, i, j) => j - i) })",
      type: TypeError,
      message:
        "attention(): options.allow: expected true or false from the function of masks.where; got 0 for (0, 0, 0, 0).",
      why: "0 and 1 are not taken for false and true.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.and(masks.causal(), undefined) })",
      type: TypeError,
      message: "attention(): options.allow: expected masks to combine; got undefined.",
      why: "A mask that is missing is not one that allows.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.or(masks.causal(), 1) })",
      type: TypeError,
      message: "attention(): options.allow: expected booleans or a rule from `masks`; got 1.",
      why: "Numbers have no polarity.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.not(null) })",
      type: TypeError,
      message: "attention(): options.allow: expected masks to combine; got null.",
      why: "Nothing has no opposite.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.segments(3) })",
      type: TypeError,
      message:
        "attention(): options.allow (masks.segments): expected a list of segment ids, one for each of 5 queries; got 3.",
      why: "Every position is in a segment.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.segments([0, 0, 1]) })",
      type: RangeError,
      message:
        "attention(): options.allow (masks.segments): expected 5 segment ids, one for each of the queries; got [0, 0, 1].",
      why: "Every position is in a segment.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.segments([0, 0, 1, 1, 1.5]) })",
      type: TypeError,
      message:
        "attention(): options.allow (masks.segments): expected integer segment ids; got 1.5.",
      why: "Segments are numbered.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.segments([[0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]) })",
      type: RangeError,
      message:
        "attention(): options.allow (masks.segments): expected 1 lists of segment ids, one for each batch entry; got 2 lists.",
      why: "One list for each batch entry.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.prefix(-1) })",
      type: RangeError,
      message:
        "attention(): options.allow (masks.prefix): expected a non-negative integer; got -1.",
      why: "Lengths are not negative.",
    },
    {
      wrote: "attention(x, x, x, { allow: masks.lengths([5, 3]) })",
      type: RangeError,
      message:
        "attention(): options.allow (masks.lengths): expected one number, or one for each of 1 batch entries; got 2 numbers.",
      why: "One length for each batch entry.",
    },
    {
      wrote: "masks.dense(masks.causal(), [5])",
      type: RangeError,
      message:
        "masks.dense(): shape: expected the shape of the scores, [L, S] or [...batch, H, L, S]; got [5].",
      why: "Scores have two axes or more.",
    },
    {
      wrote: "masks.dense(masks.causal(), 5)",
      type: TypeError,
      message: "masks.dense(): shape: expected an array of non-negative integers; got 5.",
      why: "A shape is an array.",
    },
    {
      wrote: "masks.sparsity((i, j) => j <= i, [5, 5])",
      type: TypeError,
      message:
        "masks.sparsity(): mask: expected booleans or a rule from `masks`; got a function. Fix: call the rule, as in masks.causal(), or write masks.where(function).",
      why: "A function needs its four arguments named.",
    },
    {
      wrote: "masks.dense(masks.causal(), [1e7, 1e7])",
      type: RangeError,
      message:
        "masks.dense(): shape: expected at most 4294967296 rows of tiles; got [10000000, 10000000].",
      why: "More than fits in memory; a rule needs none.",
    },
    {
      wrote: "masks.sparsity(masks.causal(), [1e6, 1e6, 1, 1])",
      type: RangeError,
      message:
        "masks.sparsity(): shape: expected at most 4294967296 rows of tiles; got [1000000, 1000000, 1, 1].",
      why: "It would take hours.",
    },
    {
      wrote: "masks.dense(undefined, [5, 5])",
      type: TypeError,
      message: "masks.dense(): mask: expected booleans or a rule from `masks`; got undefined.",
      why: "No mask is no rule.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.alibi(0.5) })",
      type: RangeError,
      message:
        "attention(): options.bias: expected one slope for each of 1 heads, [1]; got slopes []. Fix: biases.alibi(alibiSlopes(1)).",
      why: "One slope for each head.",
    },
    {
      wrote: "attention(q, k, v, { bias: biases.alibi(alibiSlopes(3)) })",
      type: RangeError,
      message:
        'attention(): options.bias: expected an alignment, since biases.alibi without `align` takes L = S; got L = 5 queries and S = 7 keys. Fix: write "bottomRight" (the last query stands at the last key, as in decoding), "topLeft" (query i at key i) or { offset } (query i at key i + offset).',
      why: "A distance needs to know where queries stand among keys.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.alibi([1], { aligned: true }) })",
      type: TypeError,
      message:
        'biases.alibi(): options.aligned: expected a known name; got "aligned". Fix: write `align`.',
      why: "A misspelt option would be ignored silently.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.where((i, j) => j - i) })",
      type: TypeError,
      message:
        "attention(): options.bias: expected biases.where of a function (b, h, i, j) => number; got a function of 2 arguments.",
      why: "A function needs its four arguments named.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.where((b, h, i, j) => j > i) })",
      type: TypeError,
      message:
        "attention(): options.bias: expected a float32 number from the function of biases.where; got false for (0, 0, 0, 0).",
      why: "A bias is added; what allows or blocks goes into `allow` or `block`.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.where((b, h, i, j) => -1e39) })",
      type: RangeError,
      message:
        "attention(): options.bias: expected a float32 number from the function of biases.where; got -1e+39 for (0, 0, 0, 0). Fix: -Infinity is what blocks a pair.",
      why: "In float32 it would be −Infinity, and block the pair in silence.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.relative(zeros([8, 1])) })",
      type: RangeError,
      message:
        "attention(): options.bias (biases.relative): expected an odd number of rows, 2R + 1 for the distances -R to R; got 8.",
      why: "Distance 0 is in the middle. Buckets, as T5 has them, are asked for by name.",
    },
    {
      wrote: "attention(q, q, q, { bias: biases.relative(zeros([3, 9])) })",
      type: RangeError,
      message:
        "attention(): options.bias (the table of biases.relative): expected a table with one column for each of 3 heads, [rows, 3]; got [3, 9]. Fix: give its transpose, a view with both axes exchanged.",
      why: "One order of axes, the one in which models store the table.",
    },
    {
      wrote: 'attention(x, x, x, { bias: biases.relative(zeros([9, 1], { dtype: "float64" })) })',
      type: TypeError,
      message:
        "attention(): options.bias (the table of biases.relative): expected float32, the precision of the inputs; got Float64Array [9, 1].",
      why: "The inputs of one call share a precision.",
    },
    {
      wrote: "attention(q, k, v, { bias: biases.relative(zeros([9, 3])) })",
      type: RangeError,
      message:
        'attention(): options.bias: expected an alignment, since biases.relative without `align` takes L = S; got L = 5 queries and S = 7 keys. Fix: write "bottomRight" (the last query stands at the last key, as in decoding), "topLeft" (query i at key i) or { offset } (query i at key i + offset).',
      why: "A distance needs to know where queries stand among keys.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.relative(zeros([32, 1]), { buckets: {} }) })",
      type: TypeError,
      message:
        "attention(): options.bias (buckets.bidirectional of biases.relative): expected true or false; got undefined. Fix: true gives keys after the query buckets of their own (T5's encoder), false the bucket of distance 0 (its decoder).",
      why: "Encoder and decoder differ, and the wrong one gives numbers that look right.",
    },
    {
      wrote:
        "attention(x, x, x, { bias: biases.relative(zeros([7, 1]), { buckets: { bidirectional: true } }) })",
      type: RangeError,
      message:
        "attention(): options.bias (biases.relative): expected an even number of buckets, at least 4, the rows of the table; got 7.",
      why: "Each direction has half of them.",
    },
    {
      wrote:
        "attention(x, x, x, { bias: biases.relative(zeros([1, 1]), { buckets: { bidirectional: false } }) })",
      type: RangeError,
      message:
        "attention(): options.bias (biases.relative): expected at least 2 buckets, the rows of the table; got 1.",
      why: "Half of the buckets have one distance each.",
    },
    {
      wrote:
        "attention(x, x, x, { bias: biases.relative(zeros([32, 1]), { buckets: { bidirectional: false, maxDistance: 16 } }) })",
      type: RangeError,
      message:
        "attention(): options.bias (buckets.maxDistance of biases.relative): expected an integer from 17 to 1048576; got 16.",
      why: "Sixteen of 32 buckets have one distance each, 0 to 15; the others begin there.",
    },
    {
      wrote: "biases.relative(zeros([32, 1]), { numBuckets: 32 })",
      type: TypeError,
      message:
        'biases.relative(): options.numBuckets: expected a known name; got "numBuckets". Fix: the buckets are the rows of the table: write `buckets: { bidirectional }`.',
      why: "T5's name for the rows of the table.",
    },
    {
      wrote: "biases.relative(zeros([32, 1]), { buckets: { bidirectional: true, max: 64 } })",
      type: TypeError,
      message:
        'biases.relative(): options.buckets.max: expected a known name; got "max". Fix: write `maxDistance`.',
      why: "A misspelt option would be ignored silently.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.relative(zeros([9, 1]), { grid: [2, 2] }) })",
      type: RangeError,
      message:
        "attention(): options.bias (biases.relative): expected a grid of S = 5 cells and a table of (2·2 - 1)·(2·2 - 1) = 9 rows; got 4 cells and 9 rows.",
      why: "Every key is a cell of the grid; a class token is none.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.relative(zeros([9, 1]), { grid: 7 }) })",
      type: TypeError,
      message:
        "attention(): options.bias (grid of biases.relative): expected an array of non-negative integers; got 7.",
      why: "The lengths of all axes.",
    },
    {
      wrote:
        "attention(x, x, x, { bias: biases.relative(zeros([9, 1]), { grid: [5, 1], align: { offset: 1 } }) })",
      type: RangeError,
      message:
        "attention(): options.bias (biases.relative): expected queries that stand at the cells 0 to 4; got queries at 1 to 5.",
      why: "The last query would stand outside the grid.",
    },
    {
      wrote:
        "attention(x, x, x, { bias: biases.relative(zeros([9, 1]), { grid: [5, 1], buckets: { bidirectional: true } }) })",
      type: TypeError,
      message:
        "attention(): options.bias (biases.relative): expected either `buckets` or `grid`; got both.",
      why: "A pair has one row.",
    },
    {
      wrote: "attention(x, x, x, { bias: biases.sum(zeros([5, 5]), undefined) })",
      type: TypeError,
      message: "attention(): options.bias: expected biases to add; got undefined.",
      why: "A bias that is missing is not 0.",
    },
  ],
};
