import type { Section } from "../table.js";

export const positions: Section = {
  title: "Positions",
  rows: [
    {
      wrote: "rotary(x, {})",
      type: TypeError,
      message:
        'rotary(): options.pairing: expected "half" or "interleaved"; got undefined. Fix: pairing: "half" turns features i and i + dims/2 together (GPT-NeoX, Llama in the layout of Hugging Face), pairing: "interleaved" 2i and 2i + 1 (the paper, GPT-J, Llama as published).',
      why: "Which features form a pair differs between models, and the wrong pairing gives numbers that look right.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "neox" })',
      type: TypeError,
      message:
        'rotary(): options.pairing: expected "half" or "interleaved"; got "neox". Fix: pairing: "half" turns features i and i + dims/2 together (GPT-NeoX, Llama in the layout of Hugging Face), pairing: "interleaved" 2i and 2i + 1 (the paper, GPT-J, Llama as published).',
      why: "There are two pairings.",
    },
    {
      wrote: "rotary(x, {}, { interleaved: true })",
      type: TypeError,
      message:
        'rotary(): options.interleaved: expected a known name; got "interleaved". Fix: write pairing: "interleaved" for true, "half" for false.',
      why: "ONNX's name for the pairing.",
    },
    {
      wrote: 'rotary(x, { pairing: "half" })',
      type: TypeError,
      message:
        'rotary(): angles.pairing: expected a known name; got "pairing". Fix: it belongs into the third argument: rotary(x, { base }, { pairing }).',
      why: "Angles and layout are separate arguments; here the third is missing altogether.",
    },
    {
      wrote: 'rotary(x, { theta: 500000 }, { pairing: "half" })',
      type: TypeError,
      message: 'rotary(): angles.theta: expected a known name; got "theta". Fix: write `base`.',
      why: "Another name for the base.",
    },
    {
      wrote: 'rotary(x, { offset: 3 }, { pairing: "half" })',
      type: TypeError,
      message:
        'rotary(): angles.offset: expected a known name; got "offset". Fix: write `positions`, the position of the first token.',
      why: "The position of the first token.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", base: 500 })',
      type: TypeError,
      message:
        'rotary(): options.base: expected a known name; got "base". Fix: it belongs into the second argument: rotary(x, { base }, { pairing }).',
      why: "The base belongs to the angles.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", rotary_dim: 2 })',
      type: TypeError,
      message:
        'rotary(): options.rotary_dim: expected a known name; got "rotary_dim". Fix: write `dims`.',
      why: "The name is `dims`.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", dims: 3 })',
      type: RangeError,
      message:
        "rotary(): options.dims: expected an even number of features that turn, from 2 to D = 4, or [from, to], where they begin and end; got 3 for x [5, 4].",
      why: "Features turn in pairs.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", dims: 6 })',
      type: RangeError,
      message:
        "rotary(): options.dims: expected an even number of features that turn, from 2 to D = 4, or [from, to], where they begin and end; got 6 for x [5, 4].",
      why: "There are 4 features.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", dims: [1, 4] })',
      type: RangeError,
      message:
        "rotary(): options.dims: expected an even number of features that turn, from 2 to D = 4, or [from, to], where they begin and end; got [1, 4] for x [5, 4].",
      why: "Features 1 to 3 are no pairs.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", dims: [2, 6] })',
      type: RangeError,
      message:
        "rotary(): options.dims: expected an even number of features that turn, from 2 to D = 4, or [from, to], where they begin and end; got [2, 6] for x [5, 4].",
      why: "There are 4 features.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", dims: [0, 2, 4] })',
      type: TypeError,
      message:
        "rotary(): options.dims: expected an even number of features that turn, from 2 to D = 4, or [from, to], where they begin and end; got [0, 2, 4] for x [5, 4].",
      why: "One run of features for each call.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", dims: "4" })',
      type: TypeError,
      message:
        'rotary(): options.dims: expected an even number of features that turn, from 2 to D = 4, or [from, to], where they begin and end; got "4" for x [5, 4].',
      why: "Text is not converted.",
    },
    {
      wrote: 'rotary(zeros([5, 3]), {}, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): x: expected an even number of features that turn, from 2 to D = 3; got x [5, 3]. Fix: say which features turn: `dims`.",
      why: "Features turn in pairs.",
    },
    {
      wrote: 'rotary([1, 2], {}, { pairing: "half" })',
      type: RangeError,
      message: "rotary(): x: expected [..., H, L, D] or [L, D]; got [2].",
      why: "Tokens are rows.",
    },
    {
      wrote: 'rotary(x, {}, { pairing: "half", layout: "BSHD" })',
      type: TypeError,
      message: 'rotary(): options.layout: expected "BHLD" or "BLHD"; got "BSHD".',
      why: "There are two layouts.",
    },
    {
      wrote: 'rotary(x, 10000, { pairing: "half" })',
      type: TypeError,
      message:
        "rotary(): angles: expected an object with any of base, positions, cos, sin; got 10000.",
      why: "The base has a name.",
    },
    {
      wrote: 'rotary(x, { base: 0 }, { pairing: "half" })',
      type: RangeError,
      message: "rotary(): angles.base: expected a finite number of at least 1; got 0.",
      why: "Zero has no powers.",
    },
    {
      wrote: 'rotary(x, { base: "10000" }, { pairing: "half" })',
      type: TypeError,
      message: 'rotary(): angles.base: expected a finite number of at least 1; got "10000".',
      why: "Text is not converted.",
    },
    {
      wrote: 'rotary(x, { positions: [0, 1] }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles.positions: expected a number, or the shape [5]; got [2] for x [5, 4].",
      why: "Every token has a position.",
    },
    {
      wrote: 'rotary(q, { positions: [[0, 1, 2, 3, 4]], cos: [[1, 1]] }, { pairing: "half" })',
      type: TypeError,
      message:
        "rotary(): angles: expected either { base } or both { cos, sin }; got positions, cos.",
      why: "Half a table.",
    },
    {
      wrote: 'rotary(q, { positions: [[[0]]] }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles.positions: expected a number, or the shape [5] or [2, 5]; got [1, 1, 1] for x [2, 3, 5, 4].",
      why: "One row of positions for each batch entry.",
    },
    {
      wrote: 'rotary(x, { positions: [0, 1, 2, 3, NaN] }, { pairing: "half" })',
      type: RangeError,
      message: "rotary(): angles.positions: expected finite numbers; got NaN.",
      why: "NaN is no position.",
    },
    {
      wrote:
        'rotary(x, { positions: BigInt64Array.of(0n, 1n, 2n, 3n, 2n ** 53n) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles.positions.data[4]: expected an integer from -(2^53 - 1) to 2^53 - 1; got 9007199254740992n.",
      why: "Beyond, float64 does not tell neighbours apart.",
    },
    {
      wrote: 'rotary(x, { positions: Int32Array.of(0, 1) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles.positions: expected a number, or the shape [5]; got [2] for x [5, 4].",
      why: "Every token has a position.",
    },
    {
      wrote:
        'rotary(x, { base: 500, cos: zeros([5, 2]), sin: zeros([5, 2]) }, { pairing: "half" })',
      type: TypeError,
      message:
        "rotary(): angles: expected either { base } or both { cos, sin }; got base, cos, sin.",
      why: "Tables already say how fast pairs turn.",
    },
    {
      wrote: 'rotary(x, { cos: zeros([5, 4]), sin: zeros([5, 4]) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles: expected cos and sin of the shape [5, 2], one cosine for each pair of each token; got cos [5, 4], sin [5, 4] for x [5, 4]. Fix: tables that repeat each cosine for both features of a pair are cut to one of the two.",
      why: "Each pair turns by one angle.",
    },
    {
      wrote: 'rotary(x, { cos: zeros([9, 2]), sin: zeros([9, 2]) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles: expected cos and sin of the shape [5, 2], one cosine for each pair of each token; got cos [9, 2], sin [9, 2] for x [5, 4]. Fix: say which rows of a longer table: `positions: 0` for the first ones.",
      why: "Which rows of a longer table is not guessed.",
    },
    {
      wrote: 'rotary(x, { cos: zeros([5, 2]), sin: zeros([4, 2]) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles: expected cos and sin of the shape [5, 2], one cosine for each pair of each token; got cos [5, 2], sin [4, 2] for x [5, 4].",
      why: "Each angle has a cosine and a sine.",
    },
    {
      wrote: 'rotary(x, { cos: zeros([5, 1]), sin: zeros([5, 1]) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles: expected cos and sin of the shape [5, 2], one cosine for each pair of each token; got cos [5, 1], sin [5, 1] for x [5, 4]. Fix: `dims` says how many features turn, if not all of them.",
      why: "Tables for two features only.",
    },
    {
      wrote:
        'rotary(q, { cos: zeros([2, 3, 5, 2]), sin: zeros([2, 3, 5, 2]) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles: expected cos and sin of the shape [5, 2] or [2, 5, 2], one cosine for each pair of each token; got cos [2, 3, 5, 2], sin [2, 3, 5, 2] for x [2, 3, 5, 4].",
      why: "All heads turn alike.",
    },
    {
      wrote:
        'rotary(x, { positions: 7, cos: zeros([9, 2]), sin: zeros([9, 2]) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles.positions: expected row numbers of cos and sin, integers below 9; got 9.",
      why: "Rows 7 to 11 of 9.",
    },
    {
      wrote:
        'rotary(x, { positions: [0, 1, 2, 3, 4.5], cos: zeros([9, 2]), sin: zeros([9, 2]) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles.positions: expected row numbers of cos and sin, integers below 9; got 4.5.",
      why: "Rows are counted.",
    },
    {
      wrote:
        'rotary(x, { cos: zeros([5, 2], { dtype: "float64" }), sin: zeros([5, 2]) }, { pairing: "half" })',
      type: TypeError,
      message:
        "rotary(): angles.cos: expected float32, the precision of x; got float64 (Float64Array [5, 2]). Fix: convert one of them, for instance Float32Array.from(data).",
      why: "The inputs of one call share a precision.",
    },
    {
      wrote: "sinusoidal(-1, 4)",
      type: RangeError,
      message: "sinusoidal(): length: expected a number of positions; got -1.",
      why: "Positions are counted.",
    },
    {
      wrote: "sinusoidal(5, 3)",
      type: RangeError,
      message: "sinusoidal(): size: expected an even number of features; got 3.",
      why: "Every pair is a sine and a cosine.",
    },
    {
      wrote: 'sinusoidal("5", 4)',
      type: TypeError,
      message: 'sinusoidal(): length: expected a number of positions; got "5".',
      why: "Text is not converted.",
    },
    {
      wrote: "sinusoidal(5)",
      type: TypeError,
      message: "sinusoidal(): size: expected an even number of features; got undefined.",
      why: "The number of features has no default.",
    },
    {
      wrote: "sinusoidal(5, 4, { base: 0.5 })",
      type: RangeError,
      message: "sinusoidal(): options.base: expected a finite number of at least 1; got 0.5.",
      why: "The longest wavelength is not the shortest.",
    },
    {
      wrote: 'sinusoidal(5, 4, { order: "concat" })',
      type: TypeError,
      message:
        'sinusoidal(): options.order: expected "interleaved" or "concatenated"; got "concat".',
      why: "There are two orders.",
    },
    {
      wrote: "sinusoidal(5, 4, { endpoint: 1 })",
      type: TypeError,
      message: "sinusoidal(): options.endpoint: expected true or false; got 1.",
      why: "A flag is true or false.",
    },
    {
      wrote: 'sinusoidal(5, 4, { dtype: "float16" })',
      type: TypeError,
      message: 'sinusoidal(): options.dtype: expected "float32" or "float64"; got "float16".',
      why: "There are two precisions.",
    },
    {
      wrote: "sinusoidal(5, 4, { max_timescale: 500 })",
      type: TypeError,
      message:
        'sinusoidal(): options.max_timescale: expected a known name; got "max_timescale". Fix: write `base`.',
      why: "tensor2tensor's name for the base.",
    },
    {
      wrote: "sinusoidal(1e9, 1e9 * 2)",
      type: RangeError,
      message:
        "sinusoidal(): result: expected a result that fits in memory; got float32 [1000000000, 2000000000], 2000000000000000000 elements.",
      why: "More than fits in memory.",
    },
    {
      wrote: "alibiSlopes(0)",
      type: RangeError,
      message:
        "alibiSlopes(): heads: expected a number of heads, an integer from 1 to 65536; got 0.",
      why: "There is at least one head.",
    },
    {
      wrote: "alibiSlopes(1.5)",
      type: RangeError,
      message:
        "alibiSlopes(): heads: expected a number of heads, an integer from 1 to 65536; got 1.5.",
      why: "Heads are counted.",
    },
    {
      wrote: 'alibiSlopes("8")',
      type: TypeError,
      message:
        'alibiSlopes(): heads: expected a number of heads, an integer from 1 to 65536; got "8".',
      why: "Text is not converted.",
    },
  ],
};
