import type { Section } from "../table.js";

export const decode: Section = {
  title: "The cache",
  rows: [
    {
      wrote: "createKvCache()",
      type: TypeError,
      message:
        "createKvCache(): options: expected an object with kvHeads, headSize and capacity; got undefined.",
      why: "Its sizes have no default.",
    },
    {
      wrote: "createKvCache({ headSize: 4, capacity: 8 })",
      type: TypeError,
      message: "createKvCache(): options.kvHeads: expected a positive integer; got undefined.",
      why: "How many heads share a cache is not guessed.",
    },
    {
      wrote: "createKvCache({ heads: 3, headSize: 4, capacity: 8 })",
      type: TypeError,
      message:
        'createKvCache(): options.heads: expected a known name; got "heads". Fix: write `kvHeads`, the heads of keys and values.',
      why: "Query heads or key/value heads: with grouped heads they differ.",
    },
    {
      wrote: "createKvCache({ kvHeads: 3, headDim: 4, capacity: 8 })",
      type: TypeError,
      message:
        'createKvCache(): options.headDim: expected a known name; got "headDim". Fix: write `headSize`.',
      why: "Another library's name.",
    },
    {
      wrote: "createKvCache({ kvHeads: 3, headSize: 4, maxLength: 8 })",
      type: TypeError,
      message:
        'createKvCache(): options.maxLength: expected a known name; got "maxLength". Fix: write `capacity`, the most positions that are kept at once.',
      why: "Another library's name.",
    },
    {
      wrote: "createKvCache({ kvHeads: 0, headSize: 4, capacity: 8 })",
      type: RangeError,
      message: "createKvCache(): options.kvHeads: expected a positive integer; got 0.",
      why: "A cache without heads holds nothing.",
    },
    {
      wrote: "createKvCache({ batch: 1.5, kvHeads: 3, headSize: 4, capacity: 8 })",
      type: RangeError,
      message: "createKvCache(): options.batch: expected a positive integer; got 1.5.",
      why: "Batch entries are counted.",
    },
    {
      wrote: "createKvCache({ kvHeads: 3, headSize: 4, capacity: Infinity })",
      type: RangeError,
      message:
        "createKvCache(): options.capacity: expected a positive integer; got Infinity. Fix: write a number that is large enough: memory is taken as positions come.",
      why: "A limit is part of what a cache promises.",
    },
    {
      wrote: "createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, window: 4 })",
      type: TypeError,
      message:
        "createKvCache(): options.window: expected { left }, how many keys before its own a query sees; got 4. Fix: write { left: 3 } for 4 keys with its own, or { left: 4 } for 4 before it.",
      why: "Libraries count the query's own key or do not.",
    },
    {
      wrote:
        "createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, window: { left: 3, right: 0 } })",
      type: TypeError,
      message:
        'createKvCache(): options.window.right: expected a known name; got "right". Fix: leave it out: keys after the query\'s own are a matter of `causal`.',
      why: "Whether a query sees later keys is said call by call.",
    },
    {
      wrote: "createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, window: { left: -1 } })",
      type: RangeError,
      message:
        "createKvCache(): options.window.left: expected a number of neighbours, a non-negative integer or Infinity; got -1.",
      why: "No limit is written Infinity.",
    },
    {
      wrote: 'createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, dtype: "float16" })',
      type: TypeError,
      message: 'createKvCache(): options.dtype: expected "float32" or "float64"; got "float16".',
      why: "Two precisions, no third.",
    },
    {
      wrote: 'createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, engine: "reference" })',
      type: TypeError,
      message:
        'createKvCache(): options.engine: expected one of auto, portable, wasm; got "reference". Fix: give it to the cache\'s attention, call by call.',
      why: "The reference keeps nothing; it can compute a call.",
    },
    {
      wrote: 'createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, engine: "gpu" })',
      type: TypeError,
      message: 'createKvCache(): options.engine: expected one of auto, portable, wasm; got "gpu".',
      why: "No such engine.",
    },
    {
      wrote: "createKvCache({ batch: 2, kvHeads: 3, headSize: 4, capacity: 6 }).append(k, v)",
      type: RangeError,
      message:
        "KvCache.append(): key: expected at most 6 more positions in batch entry 0: 0 of the capacity of 6 are taken; got n = 7. Fix: truncate the cache, or create it with a larger capacity or a `window`.",
      why: "A full cache changes nothing and says what is free.",
    },
    {
      wrote:
        "createKvCache({ batch: 2, kvHeads: 3, headSize: 4, capacity: 6, window: { left: 2 } }).append(k, v)",
      type: RangeError,
      message:
        "KvCache.append(): key: expected at most 6 more positions in batch entry 0: 0 of the capacity of 6 are taken; got n = 7. Fix: append fewer at a time, or create the cache with a capacity of 10.",
      why: "The queries of one append need all of its keys.",
    },
    {
      wrote: "createKvCache({ kvHeads: 3, headSize: 4, capacity: 8 }).append(k, v)",
      type: RangeError,
      message:
        "KvCache.append(): key: expected [..., Hkv, n, D] with 1 batch entry, Hkv = 3 and D = 4; got [2, 3, 7, 4].",
      why: "Another batch than that of the cache.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(zeros([4]), x)",
      type: RangeError,
      message:
        "KvCache.append(): key: expected [n, D] or [..., Hkv, n, D] with 1 batch entry, Hkv = 1 and D = 4; got [4].",
      why: "A position is a row of a matrix.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(x, zeros([5, 3]))",
      type: RangeError,
      message:
        "KvCache.append(): value: expected [n, E] or [..., Hkv, n, E] with 1 batch entry, Hkv = 1 and E = 4; got [5, 3].",
      why: "`valueSize` is `headSize` unless it is given.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(x, zeros([6, 4]))",
      type: RangeError,
      message:
        "KvCache.append(): value: expected the rank and the positions of key, [5, 4]; got [6, 4].",
      why: "A key without a value.",
    },
    {
      wrote:
        'createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(zeros([5, 4], { dtype: "float64" }), x)',
      type: TypeError,
      message:
        'KvCache.append(): key: expected float32, the precision of the cache; got float64. Fix: convert it, or create the cache with dtype: "float64".',
      why: "Precisions are not mixed.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).attention(zeros([1, 3]))",
      type: RangeError,
      message:
        "KvCache.attention(): query: expected [L, D] or [..., H, L, D] with 1 batch entry and D = 4; got [1, 3].",
      why: "A query of another head size.",
    },
    {
      wrote: "createKvCache({ batch: 2, kvHeads: 3, headSize: 4, capacity: 8 }).attention(x)",
      type: RangeError,
      message:
        "KvCache.attention(): query: expected [..., H, L, D] with 2 batch entries and D = 4; got [5, 4].",
      why: "One head, and a cache of six.",
    },
    {
      wrote:
        "createKvCache({ batch: 2, kvHeads: 3, headSize: 4, capacity: 8 }).attention(zeros([2, 6, 1, 4]))",
      type: RangeError,
      message:
        "KvCache.attention(): key: expected as many heads as query, H = 6; got query [2, 6, 1, 4], key [2, 3, 0, 4], value [2, 3, 0, 4]. Fix: if 2 query heads share a key/value head, write grouped: true (query head h reads head floor(h·3/6)).",
      why: "As in `attention`: sharing heads is said.",
    },
    {
      wrote:
        "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).attention(x, { isCausal: true })",
      type: TypeError,
      message:
        'KvCache.attention(): options.isCausal: expected a known name; got "isCausal". Fix: write `causal`.',
      why: "The options are those of `attention`.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).truncate(1)",
      type: RangeError,
      message: "KvCache.truncate(): length: expected an integer from 0 to 0, the length; got 1.",
      why: "Positions that are not there cannot be kept.",
    },
    {
      wrote:
        "createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, window: { left: 3, keepFirst: 1.5 } })",
      type: RangeError,
      message:
        "createKvCache(): options.window.keepFirst: expected a non-negative integer; got 1.5.",
      why: "Positions are whole.",
    },
    {
      wrote: 'createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, causal: "bottomRight" })',
      type: TypeError,
      message:
        'createKvCache(): options.causal: expected true (default), or false for cross attention; got "bottomRight".',
      why: "A cache is for self attention or for cross attention; alignments are said call by call.",
    },
    {
      wrote:
        "createKvCache({ kvHeads: 3, headSize: 4, capacity: 8, causal: false, window: { left: 3 } })",
      type: TypeError,
      message:
        "createKvCache(): options.window: expected no window where causal is false: cross attention sees every key; got { left: 3 }. Fix: leave one of them out.",
      why: "Cross attention has no last position.",
    },
    {
      wrote:
        "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(x, x, { keyLengths: [3] })",
      type: TypeError,
      message:
        'KvCache.append(): options.keyLengths: expected a known name; got "keyLengths". Fix: write `lengths`, how many of these positions each batch entry takes.',
      why: "The name of the option of `append`.",
    },
    {
      wrote:
        "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(x, x, { lengths: [6] })",
      type: RangeError,
      message:
        "KvCache.append(): options.lengths: expected at most 5, the positions there are; got 6.",
      why: "Padding is never a key, and 5 positions came.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(x, x, [3])",
      type: TypeError,
      message:
        "KvCache.append(): options: expected { layout, lengths }; got [3]. Fix: write { lengths } for how many positions each batch entry takes.",
      why: "A list says nothing of what it counts.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).attention(x)",
      type: RangeError,
      message:
        'KvCache.attention(): query: expected a position to attend to; got none. Fix: append keys and values first; write emptyRow: "zero" if rows without a key are meant.',
      why: "A query before the first key is the order of two lines exchanged.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).reorder([1])",
      type: RangeError,
      message: "KvCache.reorder(): entries: expected [0], the one batch entry; got [1].",
      why: "There is one batch entry, 0.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).read(0, 1)",
      type: RangeError,
      message: "KvCache.read(): to: expected an integer from 0 to 0, the length; got 1.",
      why: "Nothing is stored yet.",
    },
    {
      wrote:
        "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).attention(x, { keyLengths: [3] })",
      type: TypeError,
      message:
        "KvCache.attention(): options.keyLengths: expected none: the cache knows how many positions each batch entry has; got [3]. Fix: leave padding out by `lengths` of append, or attend to fewer keys by `allow: masks.lengths(n)`.",
      why: "Padding that was appended lies between the keys, not behind them.",
    },
  ],
};
