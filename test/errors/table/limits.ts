import type { Section } from "../table.js";

export const limits: Section = {
  title: "Causal, window, lengths",
  rows: [
    {
      wrote: "attention(q, k, v, { causal: true })",
      type: RangeError,
      message:
        'attention(): options.causal: expected an alignment, since causal: true takes L = S; got L = 5 queries and S = 7 keys. Fix: write "bottomRight" (the last query stands at the last key, as in decoding), "topLeft" (query i at key i) or { offset } (query i at key i + offset).',
      why: "Which corner of a rectangle is meant differs between libraries.",
    },
    {
      wrote: 'attention(q, k, v, { causal: "bottom-right" })',
      type: TypeError,
      message:
        'attention(): options.causal: expected true, false, "topLeft", "bottomRight" or { offset }; got "bottom-right".',
      why: "Alignments are spelt one way.",
    },
    {
      wrote: 'attention(q, k, v, { causal: "lower_right" })',
      type: TypeError,
      message:
        'attention(): options.causal: expected true, false, "topLeft", "bottomRight" or { offset }; got "lower_right".',
      why: "Alignments are spelt one way.",
    },
    {
      wrote: "attention(q, k, v, { causal: 2 })",
      type: TypeError,
      message:
        'attention(): options.causal: expected true, false, "topLeft", "bottomRight" or { offset }; got 2.',
      why: "A number alone may be an offset or a flag.",
    },
    {
      wrote: "attention(x, x, x, { causal: 1 })",
      type: TypeError,
      message:
        'attention(): options.causal: expected true, false, "topLeft", "bottomRight" or { offset }; got 1. Fix: write causal: true.',
      why: "A flag of Python or C; here it is true.",
    },
    {
      wrote: 'attention(x, x, x, { causal: "true" })',
      type: TypeError,
      message:
        'attention(): options.causal: expected true, false, "topLeft", "bottomRight" or { offset }; got "true". Fix: write causal: true.',
      why: "Text is not converted.",
    },
    {
      wrote: "attention(q, k, v, { causal: null })",
      type: TypeError,
      message:
        'attention(): options.causal: expected true, false, "topLeft", "bottomRight" or { offset }; got null.',
      why: "Not causal: leave it out.",
    },
    {
      wrote: "attention(q, k, v, { causal: { offset: 0.5 } })",
      type: RangeError,
      message: "attention(): options.causal.offset: expected an integer; got 0.5.",
      why: "Positions are whole.",
    },
    {
      wrote: "attention(q, k, v, { causal: { offset: NaN } })",
      type: RangeError,
      message: "attention(): options.causal.offset: expected an integer; got NaN.",
      why: "NaN would allow nothing or everything.",
    },
    {
      wrote: "attention(q, k, v, { causal: { offset: [0, 1, 2] } })",
      type: RangeError,
      message:
        "attention(): options.causal.offset: expected one number, or one for each of 2 batch entries; got 3 numbers.",
      why: "One offset for each batch entry.",
    },
    {
      wrote: "attention(q, k, v, { causal: { offsets: 2 } })",
      type: TypeError,
      message:
        'attention(): options.causal: expected "topLeft", "bottomRight" or { offset }; got an object (Object).',
      why: "The name is `offset`.",
    },
    {
      wrote: "attention(x, x, x, { window: 2 })",
      type: TypeError,
      message:
        "attention(): options.window: expected { left, right }, neighbours on each side; got 2. Fix: write for instance { left: 2, right: 0 }: itself and two before.",
      why: "One number leaves both sides open, and whether it counts the query's own key.",
    },
    {
      wrote: "attention(x, x, x, { window: [2, 0] })",
      type: TypeError,
      message:
        "attention(): options.window: expected an object with any of left, right, align; got [2, 0].",
      why: "Sides are named.",
    },
    {
      wrote: "attention(x, x, x, { window: { left: 2 } })",
      type: TypeError,
      message:
        "attention(): options.window.right: expected a number of neighbours, a non-negative integer or Infinity; got undefined. Fix: write right: Infinity for no limit.",
      why: "Without `causal` the other side is not guessed.",
    },
    {
      wrote: "attention(x, x, x, { window: { left: -1, right: 0 } })",
      type: RangeError,
      message:
        "attention(): options.window.left: expected a number of neighbours, a non-negative integer or Infinity; got -1. Fix: write left: Infinity for no limit.",
      why: "Elsewhere −1 means no limit.",
    },
    {
      wrote: "attention(x, x, x, { window: { left: -2, right: 0 } })",
      type: RangeError,
      message:
        "attention(): options.window.left: expected a number of neighbours, a non-negative integer or Infinity; got -2.",
      why: "Neighbours are counted.",
    },
    {
      wrote: "attention(x, x, x, { window: { left: 1.5, right: 0 } })",
      type: RangeError,
      message:
        "attention(): options.window.left: expected a number of neighbours, a non-negative integer or Infinity; got 1.5.",
      why: "Neighbours are counted.",
    },
    {
      wrote: "attention(x, x, x, { window: { left: NaN, right: 0 } })",
      type: RangeError,
      message:
        "attention(): options.window.left: expected a number of neighbours, a non-negative integer or Infinity; got NaN.",
      why: "NaN counts nothing.",
    },
    {
      wrote: 'attention(x, x, x, { window: { left: "2", right: 0 } })',
      type: TypeError,
      message:
        'attention(): options.window.left: expected a number of neighbours, a non-negative integer or Infinity; got "2".',
      why: "Text is not converted.",
    },
    {
      wrote: "attention(x, x, x, { window: { left: 2, rigth: 0 } })",
      type: TypeError,
      message:
        'attention(): options.window.rigth: expected a known name; got "rigth". Fix: write `right`.',
      why: "A misspelt side would be no limit.",
    },
    {
      wrote: "attention(q, k, v, { window: { left: 2, right: 0 } })",
      type: RangeError,
      message:
        'attention(): options.window: expected an alignment, since a window without `align` takes L = S; got L = 5 queries and S = 7 keys. Fix: write "bottomRight" (the last query stands at the last key, as in decoding), "topLeft" (query i at key i) or { offset } (query i at key i + offset).',
      why: "A window needs to know where queries stand among keys.",
    },
    {
      wrote: 'attention(x, x, x, { causal: true, window: { left: 2, align: "topLeft" } })',
      type: TypeError,
      message:
        'attention(): options.window.align: expected no alignment beside `causal`, whose alignment the window uses; got "topLeft". Fix: leave it out.',
      why: "Two alignments could contradict each other.",
    },
    {
      wrote: "attention(q, k, v, { keyLengths: [7, 8] })",
      type: RangeError,
      message:
        "attention(): options.keyLengths: expected at most 7, the positions there are; got 8.",
      why: "There are 7 keys.",
    },
    {
      wrote: "attention(q, k, v, { keyLengths: [7] })",
      type: RangeError,
      message:
        "attention(): options.keyLengths: expected one number, or one for each of 2 batch entries; got 1 numbers.",
      why: "One length for each of the 2 batch entries.",
    },
    {
      wrote:
        "attention(zeros([2, 5, 4]), zeros([2, 5, 4]), zeros([2, 5, 4]), { keyLengths: [5, 3] })",
      type: RangeError,
      message:
        "attention(): options.keyLengths: expected one number, or one for each of 1 batch entries; got 2 numbers. Fix: rank 3 is [H, L, D]; 2 batch entries of one head are [2, 1, L, D].",
      why: "Rank 3 is heads, not a batch.",
    },
    {
      wrote: "attention(q, k, v, { keyLengths: -1 })",
      type: RangeError,
      message: "attention(): options.keyLengths: expected a non-negative integer; got -1.",
      why: "Lengths are not negative.",
    },
    {
      wrote: "attention(q, k, v, { keyLengths: [7, NaN] })",
      type: RangeError,
      message: "attention(): options.keyLengths: expected a non-negative integer; got NaN.",
      why: "A length is a number.",
    },
    {
      wrote: "attention(q, k, v, { keyLengths: [7, 2.5] })",
      type: RangeError,
      message: "attention(): options.keyLengths: expected a non-negative integer; got 2.5.",
      why: "Keys are counted.",
    },
    {
      wrote: 'attention(q, k, v, { keyLengths: "7" })',
      type: TypeError,
      message: 'attention(): options.keyLengths: expected a non-negative integer; got "7".',
      why: "Text is not converted.",
    },
    {
      wrote: "attention(q, k, v, { keyLengths: tensor([7, 7]) })",
      type: TypeError,
      message:
        "attention(): options.keyLengths: expected a non-negative integer; got Float32Array [2].",
      why: "Lengths are plain numbers or a typed array.",
    },
    {
      wrote: "attention(q, k, v, { queryLengths: [6, 5] })",
      type: RangeError,
      message:
        "attention(): options.queryLengths: expected at most 5, the positions there are; got 6.",
      why: "There are 5 queries.",
    },
  ],
};
