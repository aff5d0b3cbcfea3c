import type { Section } from "../table.js";

export const testing: Section = {
  title: "Checks of any attention function",
  rows: [
    {
      wrote: "checkAttention({ attention })",
      type: TypeError,
      message:
        "checkAttention(): fn: expected a function of query, key, value and options; got an object (Object).",
      why: "It is the function that is checked, and not what holds it.",
    },
    {
      wrote: 'checkAttention(attention, { mask: "allow" })',
      type: TypeError,
      message:
        'checkAttention(): options.mask: expected a known name; got "mask". Fix: write it inside `supports`: { supports: { … } }.',
      why: "What a function supports stands apart from how it is checked.",
    },
    {
      wrote: "checkAttention(attention, { supports: { mask: true } })",
      type: TypeError,
      message:
        'checkAttention(): options.supports.mask: expected false or "allow" or "block" or "additive"; got true. Fix: "allow" if true means may attend, "block" if it means may not, "additive" if the mask is added to the scores.',
      why: "Which way round a mask is read has to be said; guessing it would hide the mistake that is looked for.",
    },
    {
      wrote: "checkAttention(attention, { supports: { isCausal: true } })",
      type: TypeError,
      message:
        'checkAttention(): options.supports.isCausal: expected a known name; got "isCausal". Fix: write `causal`.',
      why: "Another library's name.",
    },
    {
      wrote: "checkAttention(attention, { supports: { grouped: true } })",
      type: RangeError,
      message:
        "checkAttention(): options.supports.grouped: expected heads: true beside it; got no heads.",
      why: "Without heads there is nothing to share.",
    },
    {
      wrote: 'checkAttention(attention, { supports: { dtype: "float16" } })',
      type: TypeError,
      message:
        'checkAttention(): options.supports.dtype: expected "float32", "float64" or a list of them; got "float16".',
      why: "Tensors come in these two; a coarser arithmetic is named by `unit`.",
    },
    {
      wrote: "checkAttention(attention, { supports: { unit: 11 } })",
      type: RangeError,
      message:
        "checkAttention(): options.supports.unit: expected a number between 0 and 1, such as 2⁻¹¹ for float16; got 11.",
      why: "The unit roundoff itself is meant, not its exponent.",
    },
    {
      wrote: "checkAttention(attention, { supports: { defaultScale: 0.125 } })",
      type: TypeError,
      message:
        "checkAttention(): options.supports.defaultScale: expected a function of the head size; got 0.125.",
      why: "The scale depends on the head size, which differs from case to case.",
    },
    {
      wrote: 'checkAttention(attention, { only: "causal" })',
      type: TypeError,
      message: 'checkAttention(): options.only: expected a list of the ids of laws; got "causal".',
      why: "One law is a list too.",
    },
    {
      wrote: 'checkAttention(attention, { only: ["causal"], skip: ["causal"] })',
      type: RangeError,
      message:
        "checkAttention(): options.only: expected at least one law that is not skipped; got none.",
      why: "A check of nothing would pass.",
    },
    {
      wrote: "checkAttention(attention, { numRuns: 100 })",
      type: TypeError,
      message:
        'checkAttention(): options.numRuns: expected a known name; got "numRuns". Fix: write `runs`.',
      why: "fast-check's name.",
    },
    {
      wrote: "checkAttention(attention, { runs: 0 })",
      type: RangeError,
      message: "checkAttention(): options.runs: expected a positive integer; got 0.",
      why: "A check without cases would pass.",
    },
    {
      wrote: "checkAttention(attention, { seed: 0.5 })",
      type: RangeError,
      message: "checkAttention(): options.seed: expected an integer; got 0.5.",
      why: "Seeds are integers, so that they can be repeated.",
    },
    {
      wrote: 'checkAttention(attention, { budget: "30s" })',
      type: TypeError,
      message: 'checkAttention(): options.budget: expected milliseconds, more than 0; got "30s".',
      why: "Times are numbers here; the command line takes `30s`.",
    },
    {
      wrote: "checkAttention(attention, { onLaw: true })",
      type: TypeError,
      message: "checkAttention(): options.onLaw: expected a function; got true.",
      why: "It is called with each result.",
    },
    {
      wrote: "checkAttention(attention, { signal: new AbortController() })",
      type: TypeError,
      message:
        "checkAttention(): options.signal: expected an AbortSignal; got an object (AbortController).",
      why: "The controller's `signal` is what says that it was aborted.",
    },
    {
      wrote: 'checkAttention(attention, { source: "./mine.js" })',
      type: TypeError,
      message:
        'checkAttention(): options.source: expected an object with any of name, from; got "./mine.js".',
      why: "The name of the import is needed too.",
    },
    {
      wrote: "testAttention(attention)",
      type: TypeError,
      message:
        "testAttention(): fn: expected a function of query, key, value and options; got undefined.",
      why: "The first argument registers the tests.",
    },
    {
      wrote: 'testAttention("node:test", attention)',
      type: TypeError,
      message:
        'testAttention(): test: expected the function that registers a test, `test` or `it` of the runner; got "node:test".',
      why: "Import the runner's `test` and pass it.",
    },
    {
      wrote: 'readResult("text")',
      type: TypeError,
      message:
        'readResult(): the result: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got "text".',
      why: "Not numbers.",
    },
    {
      wrote: "readResult({ data: [1, 2, 3], dims: [2, 2] })",
      type: RangeError,
      message:
        "readResult(): the result: expected as many elements as its shape [2, 2] says, 4; got Array of 3. Fix: a strided view has its stride and offset too: { data, shape, stride, offset }.",
      why: "A shape that does not fit its data is no tensor.",
    },
    {
      wrote: "readResult(Promise.resolve())",
      type: TypeError,
      message:
        "readResult(): the result: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got a promise. Fix: await it.",
      why: "A promise has no numbers yet.",
    },
    {
      wrote: "expectClose(x, [[1, 2]])",
      type: RangeError,
      message: "expectClose(): got: expected the shape of expected, [1, 2]; got [5, 4].",
      why: "Nothing is broadcast in a comparison.",
    },
    {
      wrote: "expectClose(1, 1, { tolerance: 0.1 })",
      type: TypeError,
      message:
        'expectClose(): options.tolerance: expected a known name; got "tolerance". Fix: write `abs` or `rel`.',
      why: "Relative or absolute has to be said.",
    },
    {
      wrote: "expectClose(1, 1, { abs: -1 })",
      type: RangeError,
      message: "expectClose(): options.abs: expected a number that is not negative; got -1.",
      why: "Nothing is that close.",
    },
    {
      wrote: "expectClose(x, x, { bound: [1, 2] })",
      type: RangeError,
      message: "expectClose(): options.bound: expected the shape of expected, [5, 4]; got [2].",
      why: "Each element has a bound of its own.",
    },
    {
      wrote: "maxUlp(x, [[1, 2]])",
      type: RangeError,
      message: "maxUlp(): got: expected the shape of expected, [1, 2]; got [5, 4].",
      why: "Nothing is broadcast in a comparison.",
    },
    {
      wrote: "rowSums(1)",
      type: RangeError,
      message: "rowSums(): x: expected at least one axis; got [].",
      why: "A number has no rows.",
    },
    {
      wrote: "errorCertificate(x, x, x, { unit: 11 })",
      type: RangeError,
      message:
        "errorCertificate(): options.unit: expected a number between 0 and 1, such as 2⁻¹¹ for float16; got 11.",
      why: "The unit roundoff itself is meant, not its exponent.",
    },
    {
      wrote: "errorCertificate(x, x, x, { rescalings: -1 })",
      type: RangeError,
      message: "errorCertificate(): options.rescalings: expected a non-negative integer; got -1.",
      why: "It is how often something happens.",
    },
    {
      wrote: "errorCertificate(x, x, x, { out: x })",
      type: TypeError,
      message:
        'errorCertificate(): options.out: expected one of scale, softcap, allow, block, bias, causal, window, keyLengths, queryLengths, grouped, sinks, unit, rescalings; got "out".',
      why: "Nothing is computed into it.",
    },
    {
      wrote: "tensors(5)",
      type: TypeError,
      message: "tensors(): shape: expected a list of lengths, or { max } for any up to it; got 5.",
      why: "A shape is a list.",
    },
    {
      wrote: "tensors([2, { max: 2.5 }])",
      type: TypeError,
      message:
        "tensors(): shape[1]: expected a length, or { max } for any from 1 to max; got an object (Object).",
      why: "Lengths are integers.",
    },
    {
      wrote: "tensors([2], { min: 3, max: 2 })",
      type: RangeError,
      message: "tensors(): options.min: expected a number that is at most max, 2; got 3.",
      why: "No number is between them.",
    },
    {
      wrote: "maskArbitrary([2, 3], { empty: true })",
      type: TypeError,
      message:
        'masks(): options.empty: expected a known name; got "empty". Fix: write `emptyRows`.',
      why: "In your program it is called `masks`, from qkv/testing/fast-check.",
    },
    {
      wrote: 'attentionProblems({ mask: "visible" })',
      type: TypeError,
      message:
        'attentionProblems(): supports.mask: expected false or "allow" or "block" or "additive"; got "visible". Fix: "allow" if true means may attend, "block" if it means may not, "additive" if the mask is added to the scores.',
      why: "The word has to say which way round.",
    },
  ],
};
