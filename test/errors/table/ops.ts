import type { Section } from "../table.js";

export const ops: Section = {
  title: "matmul, softmax, logSumExp",
  rows: [
    {
      wrote: "matmul([[1, 2]], [[1, 2]])",
      type: RangeError,
      message:
        "matmul(): b: expected K = 2 rows, as many as a has columns; got a [1, 2], b [1, 2]. Fix: write transposeB: true.",
      why: "Rows of the second meet columns of the first.",
    },
    {
      wrote: "matmul([1, 2], [[1], [2]])",
      type: RangeError,
      message:
        "matmul(): a: expected a matrix, or a batch of them (rank 2 or more); got [2]. Fix: give a vector its second axis: [1, K] as a row, [K, 1] as a column.",
      why: "Whether a vector is a row or a column is not guessed.",
    },
    {
      wrote: "matmul([[1, 2]], 3)",
      type: RangeError,
      message:
        "matmul(): b: expected a matrix, or a batch of them (rank 2 or more); got []. Fix: give a vector its second axis: [1, K] as a row, [K, 1] as a column.",
      why: "Whether a vector is a row or a column is not guessed.",
    },
    {
      wrote: "matmul([[1, 2]], zeros([3, 4]))",
      type: RangeError,
      message:
        "matmul(): b: expected K = 2 rows, as many as a has columns; got a [1, 2], b [3, 4].",
      why: "Rows of the second meet columns of the first.",
    },
    {
      wrote: "matmul(zeros([2, 5, 4]), zeros([3, 4, 5]))",
      type: RangeError,
      message:
        "matmul(): b: expected batch axes that equal those of a, or are 1; got a [2, 5, 4], b [3, 4, 5].",
      why: "Batch axes are equal or 1.",
    },
    {
      wrote: "matmul(x, x, { transposeb: true })",
      type: TypeError,
      message:
        'matmul(): options.transposeb: expected a known name; got "transposeb". Fix: write `transposeB`.',
      why: "The option is `transposeB`.",
    },
    {
      wrote: "matmul(x, x, { transposeB: 1 })",
      type: TypeError,
      message: "matmul(): options.transposeB: expected true or false; got 1.",
      why: "A flag is true or false.",
    },
    {
      wrote: 'matmul(x, zeros([4, 5], { dtype: "float64" }))',
      type: TypeError,
      message:
        "matmul(): b: expected float32, the precision of a; got float64 (Float64Array [4, 5]). Fix: convert one of them, for instance Float32Array.from(data).",
      why: "The inputs of one call share a precision.",
    },
    {
      wrote: "softmax(3)",
      type: RangeError,
      message:
        "softmax(): options.axis: expected x of rank 1 or more; got -1 for x []. Fix: a single number has no axis; write [x].",
      why: "A number alone has nothing to share with.",
    },
    {
      wrote: "softmax([1, 2], { axis: 1 })",
      type: RangeError,
      message: "softmax(): options.axis: expected an axis from -1 to 0; got 1 for x [2].",
      why: "There is one axis, 0 or −1.",
    },
    {
      wrote: "softmax([1, 2], { axis: 0.5 })",
      type: TypeError,
      message: "softmax(): options.axis: expected an integer; got 0.5.",
      why: "Axes are counted.",
    },
    {
      wrote: "softmax([1, 2], { dim: 0 })",
      type: TypeError,
      message: 'softmax(): options.dim: expected a known name; got "dim". Fix: write `axis`.',
      why: "PyTorch's name for the axis.",
    },
    {
      wrote: "softmax([1, 2], { mask: [true, false] })",
      type: TypeError,
      message:
        'softmax(): options.mask: expected a known name; got "mask". Fix: write `allow` (true = takes part).',
      why: "A mask without a polarity.",
    },
    {
      wrote: "softmax([1, 2], { allow: [1, 0] })",
      type: TypeError,
      message:
        "softmax(): options.allow[0]: expected a boolean; got 1. Fix: write true and false; numbers that are added to the scores go into `bias`.",
      why: "Numbers have no polarity.",
    },
    {
      wrote: "softmax([1, 2], { allow: [true, false, true] })",
      type: RangeError,
      message:
        "softmax(): options.allow: expected the shape of x [2], with 1 where it repeats; got [3].",
      why: "The mask fits x.",
    },
    {
      wrote: "logSumExp([1, 2], { axis: -2 })",
      type: RangeError,
      message: "logSumExp(): options.axis: expected an axis from -1 to 0; got -2 for x [2].",
      why: "There is one axis, 0 or −1.",
    },
    {
      wrote: "logSumExp([1, 2], { keepdims: true })",
      type: TypeError,
      message:
        'logSumExp(): options.keepdims: expected a known name; got "keepdims". Fix: leave it out: the axis is summed away.',
      why: "The axis is always summed away.",
    },
  ],
};
