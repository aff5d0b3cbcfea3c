import type { Section } from "../table.js";

export const shapes: Section = {
  title: "Shapes",
  rows: [
    {
      wrote: "attention([1, 2], [1, 2], [1, 2])",
      type: RangeError,
      message:
        "attention(): query: expected [L, D] for one head, [H, L, D] or [..., H, L, D]; got query [2], key [2], value [2].",
      why: "One query is a matrix of one row, `[[1, 2]]`.",
    },
    {
      wrote: "attention(q, k, zeros([2, 3, 6, 4]))",
      type: RangeError,
      message:
        "attention(): value: expected as many positions as key, S = 7; got query [2, 3, 5, 4], key [2, 3, 7, 4], value [2, 3, 6, 4].",
      why: "Every key has a value.",
    },
    {
      wrote: "attention(q, k, zeros([7, 4]))",
      type: RangeError,
      message:
        "attention(): value: expected rank 4, as query has; got query [2, 3, 5, 4], key [2, 3, 7, 4], value [7, 4].",
      why: "The three inputs have the same axes.",
    },
    {
      wrote: "attention(q, zeros([2, 3, 7, 8]), v)",
      type: RangeError,
      message:
        "attention(): key: expected the head size of query, D = 4; got query [2, 3, 5, 4], key [2, 3, 7, 8], value [2, 3, 7, 4].",
      why: "Query and key meet in a dot product.",
    },
    {
      wrote: "attention(q, zeros([1, 3, 7, 4]), zeros([1, 3, 7, 4]))",
      type: RangeError,
      message:
        "attention(): key: expected the batch axes of query, [2]; got query [2, 3, 5, 4], key [1, 3, 7, 4], value [1, 3, 7, 4].",
      why: "Batch axes are not repeated silently.",
    },
    {
      wrote: "attention(q, k, zeros([2, 1, 7, 4]))",
      type: RangeError,
      message:
        "attention(): value: expected as many heads as key, Hkv = 3; got query [2, 3, 5, 4], key [2, 3, 7, 4], value [2, 1, 7, 4].",
      why: "Keys and values come in pairs of heads.",
    },
    {
      wrote: "attention(zeros([2, 6, 5, 4]), k, v)",
      type: RangeError,
      message:
        "attention(): key: expected as many heads as query, H = 6; got query [2, 6, 5, 4], key [2, 3, 7, 4], value [2, 3, 7, 4]. Fix: if 2 query heads share a key/value head, write grouped: true (query head h reads head floor(h·3/6)).",
      why: "Sharing heads is asked for, so that a wrong number of heads shows.",
    },
    {
      wrote: "attention(zeros([2, 4, 5, 4]), k, v, { grouped: true })",
      type: RangeError,
      message:
        "attention(): key: expected as many heads as query, H = 4, or a divisor of it; got query [2, 4, 5, 4], key [2, 3, 7, 4], value [2, 3, 7, 4].",
      why: "Each key/value head serves equally many query heads.",
    },
    {
      wrote: "attention(zeros([2, 4, 5, 4]), k, v)",
      type: RangeError,
      message:
        "attention(): key: expected as many heads as query, H = 4; got query [2, 4, 5, 4], key [2, 3, 7, 4], value [2, 3, 7, 4].",
      why: "Not even grouping would fit.",
    },
    {
      wrote: "attention(zeros([2, 3, 5, 4]), zeros([2, 7, 3, 4]), zeros([2, 7, 3, 4]))",
      type: RangeError,
      message:
        "attention(): key: expected as many heads as query, H = 3; got query [2, 3, 5, 4], key [2, 7, 3, 4], value [2, 7, 3, 4].",
      why: "Sequence-first keys with heads-first queries.",
    },
    {
      wrote: "attention(zeros([2, 5, 3, 4]), zeros([2, 7, 3, 4]), zeros([2, 7, 3, 4]))",
      type: RangeError,
      message:
        'attention(): key: expected as many heads as query, H = 5; got query [2, 5, 3, 4], key [2, 7, 3, 4], value [2, 7, 3, 4]. Fix: if the tensors are [..., L, H, D], write layout: "BLHD".',
      why: "Sequence-first tensors need their layout.",
    },
    {
      wrote: 'attention(q, k, v, { layout: "BSHD" })',
      type: TypeError,
      message: 'attention(): options.layout: expected "BHLD" or "BLHD"; got "BSHD".',
      why: "There are two layouts.",
    },
    {
      wrote: 'attention(q, k, v, { grouped: "yes" })',
      type: TypeError,
      message: 'attention(): options.grouped: expected false or true; got "yes".',
      why: "A flag is true or false.",
    },
    {
      wrote: "attention(q, k, v, { sinks: [0, 0] })",
      type: RangeError,
      message: "attention(): options.sinks: expected one logit for each query head, [3]; got [2].",
      why: "One sink for each of the 3 heads.",
    },
    {
      wrote: "attention(q, k, v, { sinks: 0 })",
      type: RangeError,
      message: "attention(): options.sinks: expected one logit for each query head, [3]; got [].",
      why: "One sink for each of the 3 heads.",
    },
    {
      wrote: "attention(x, x, x, { out: [] })",
      type: TypeError,
      message:
        "attention(): options.out: expected a tensor [5, 4] that receives the output; got []. Fix: zeros([5, 4]).",
      why: "The output goes into memory of yours.",
    },
    {
      wrote: "attention(x, x, x, { out: zeros([4, 5]) })",
      type: RangeError,
      message: "attention(): options.out: expected the shape of the output, [5, 4]; got [4, 5].",
      why: "The memory has the shape of the output.",
    },
    {
      wrote: 'attention(x, x, x, { out: zeros([5, 4], { dtype: "float64" }) })',
      type: TypeError,
      message:
        'attention(): options.out: expected float32, the precision of query; got float64 (Float64Array [5, 4]). Fix: write zeros(shape, { dtype: "float32" }).',
      why: "The memory has the precision of the inputs.",
    },
    {
      wrote: "attention(x, x, x, { out: { ...x, stride: [0, 1] } })",
      type: RangeError,
      message:
        "attention(): options.out: expected a view in which every element has memory of its own; got shape [5, 4] with stride [0, 1].",
      why: "Rows that share memory would overwrite each other.",
    },
    {
      wrote: "attentionTrace(x, zeros([5, 3]), x)",
      type: RangeError,
      message:
        "attentionTrace(): key: expected the head size of query, D = 4; got query [5, 4], key [5, 3], value [5, 4].",
      why: "Every variant checks alike and names itself.",
    },
    {
      wrote: "attentionWithWeights(x, zeros([5, 3]), x)",
      type: RangeError,
      message:
        "attentionWithWeights(): key: expected the head size of query, D = 4; got query [5, 4], key [5, 3], value [5, 4].",
      why: "Every variant checks alike and names itself.",
    },
    {
      wrote: "attentionWithLse(x, zeros([5, 3]), x)",
      type: RangeError,
      message:
        "attentionWithLse(): key: expected the head size of query, D = 4; got query [5, 4], key [5, 3], value [5, 4].",
      why: "Every variant checks alike and names itself.",
    },
    {
      wrote: "mergeAttention(attentionWithLse(x, x, x))",
      type: TypeError,
      message:
        "mergeAttention(): parts: expected an array of { output, lse }; got an object (Object).",
      why: "Parts are joined: an array of them.",
    },
    {
      wrote: "mergeAttention([])",
      type: RangeError,
      message: "mergeAttention(): parts: expected at least one part; got none.",
      why: "Nothing has no shape.",
    },
    {
      wrote: "mergeAttention([attention(x, x, x)])",
      type: TypeError,
      message:
        "mergeAttention(): parts[0]: expected { output, lse }; got Float32Array [5, 4]. Fix: attentionWithLse returns both.",
      why: "Without its log-sum-exp a part has no weight.",
    },
    {
      wrote: "mergeAttention([{ output: [1], lse: 0 }])",
      type: RangeError,
      message:
        "mergeAttention(): parts[0].output: expected [L, E], [H, L, E] or [..., H, L, E]; got [1].",
      why: "The output of attention has two axes or more.",
    },
    {
      wrote: "mergeAttention([attentionWithLse(x, x, x), attentionWithLse([[1, 2, 3, 4]], x, x)])",
      type: RangeError,
      message:
        "mergeAttention(): parts[1]: expected output [5, 4] and lse [5]; got output [1, 4], lse [1].",
      why: "All parts answer the same queries.",
    },
    {
      wrote: "mergeAttention([attentionWithLse(x, x, x)], { sinks: [0, 0] })",
      type: RangeError,
      message: "mergeAttention(): options.sinks: expected one logit for each head, [1]; got [2].",
      why: "One sink for each head of the whole.",
    },
    {
      wrote: "mergeAttention([attentionWithLse(x, x, x)], { sink: [0] })",
      type: TypeError,
      message:
        'mergeAttention(): options.sink: expected a known name; got "sink". Fix: write `sinks`.',
      why: "The option is `sinks`.",
    },
  ],
};
