import type { Section } from "../table.js";

export const numbers: Section = {
  title: "Numbers",
  rows: [
    {
      wrote: "attention(x, x, x, { scale: NaN })",
      type: RangeError,
      message: "attention(): options.scale: expected a finite number in float32; got NaN.",
      why: "NaN would spread to every output.",
    },
    {
      wrote: "attention(x, x, x, { scale: Infinity })",
      type: RangeError,
      message: "attention(): options.scale: expected a finite number in float32; got Infinity.",
      why: "No score would be left finite.",
    },
    {
      wrote: 'attention(x, x, x, { scale: "0.5" })',
      type: TypeError,
      message: 'attention(): options.scale: expected a finite number in float32; got "0.5".',
      why: "Text is not converted.",
    },
    {
      wrote: "attention(x, x, x, { scale: null })",
      type: TypeError,
      message: "attention(): options.scale: expected a finite number in float32; got null.",
      why: "The default scale: leave it out.",
    },
    {
      wrote: "attention(x, x, x, { scale: 1e300 })",
      type: RangeError,
      message: "attention(): options.scale: expected a finite number in float32; got 1e+300.",
      why: "Infinity in the precision of these inputs.",
    },
    {
      wrote: "attention(zeros([5, 0]), zeros([5, 0]), x)",
      type: RangeError,
      message:
        "attention(): options.scale: expected a scale where the head size D is 0; got none (the default is 1/√D). Fix: write scale: 1.",
      why: "The default scale `1/√D` needs D > 0.",
    },
    {
      wrote: "attention(x, x, x, { softcap: 0 })",
      type: RangeError,
      message:
        "attention(): options.softcap: expected a finite number above 0 in float32; got 0. Fix: leave it out for no cap.",
      why: "Elsewhere 0 means off; as a cap it would make all scores equal.",
    },
    {
      wrote: "attention(x, x, x, { softcap: -30 })",
      type: RangeError,
      message:
        "attention(): options.softcap: expected a finite number above 0 in float32; got -30.",
      why: "A cap is positive.",
    },
    {
      wrote: "attention(x, x, x, { softcap: NaN })",
      type: RangeError,
      message:
        "attention(): options.softcap: expected a finite number above 0 in float32; got NaN.",
      why: "NaN would spread to every output.",
    },
    {
      wrote: 'attention(x, x, x, { softcap: "30" })',
      type: TypeError,
      message:
        'attention(): options.softcap: expected a finite number above 0 in float32; got "30".',
      why: "Text is not converted.",
    },
    {
      wrote: 'attention(x, x, x, { emptyRow: "skip" })',
      type: TypeError,
      message: 'attention(): options.emptyRow: expected "zero" or "nan" or "throw"; got "skip".',
      why: "What a query gets that may attend nothing.",
    },
    {
      wrote: 'attention(x, x, x, { block: true, emptyRow: "throw" })',
      type: RangeError,
      message:
        'attention(): options.emptyRow: expected a key for every query, as emptyRow: "throw" asks; got none for query 0 of head 0 in batch entry 0.',
      why: "You asked for this error.",
    },
  ],
};
