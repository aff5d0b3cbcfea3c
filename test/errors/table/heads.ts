import type { Section } from "../table.js";

export const heads: Section = {
  title: "Heads",
  rows: [
    {
      wrote: "splitHeads([1, 2, 3, 4], 2)",
      type: RangeError,
      message: "splitHeads(): x: expected [..., L, H·D], rank 2 or more; got [4].",
      why: "Tokens are rows.",
    },
    {
      wrote: "splitHeads(x, 3)",
      type: RangeError,
      message:
        "splitHeads(): heads: expected a divisor of the 4 features of x; got 3 heads for x [5, 4].",
      why: "Every head is equally wide.",
    },
    {
      wrote: "splitHeads(x, 0)",
      type: RangeError,
      message: "splitHeads(): heads: expected a number of heads, a positive integer; got 0.",
      why: "There is at least one head.",
    },
    {
      wrote: 'splitHeads(x, "2")',
      type: TypeError,
      message: 'splitHeads(): heads: expected a number of heads, a positive integer; got "2".',
      why: "Text is not converted.",
    },
    {
      wrote: "mergeHeads(x)",
      type: RangeError,
      message: "mergeHeads(): x: expected [..., H, L, E], rank 3 or more; got [5, 4].",
      why: "One head has its axis too, `[1, L, E]`.",
    },
    {
      wrote: "multiHeadAttention(x, x, x)",
      type: TypeError,
      message:
        "multiHeadAttention(): params: expected { heads, inProjWeight, outWeight, … }; got undefined.",
      why: "A layer needs its parameters.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { heads: 2 })",
      type: TypeError,
      message:
        "multiHeadAttention(): params: expected either inProjWeight, or queryWeight, keyWeight and valueWeight; got none of them.",
      why: "A layer needs its projections.",
    },
    {
      wrote:
        "multiHeadAttention(x, x, x, { inProjWeight: zeros([12, 4]), outWeight: zeros([4, 4]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): params.heads: expected a number of heads, a positive integer; got undefined.",
      why: "The number of heads is in no weight.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, heads: 3 })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.heads: expected a divisor of the 4 rows that each projection of params.inProjWeight has; got 3.",
      why: "Every head is equally wide.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, numHeads: 2 })",
      type: TypeError,
      message:
        'multiHeadAttention(): params.numHeads: expected a known name; got "numHeads". Fix: write `heads`.',
      why: "The name is `heads`.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, in_proj_weight: zeros([12, 4]) })",
      type: TypeError,
      message:
        'multiHeadAttention(): params.in_proj_weight: expected a known name; got "in_proj_weight". Fix: write `inProjWeight`.',
      why: "The name is `inProjWeight`.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, q_proj_weight: zeros([4, 4]) })",
      type: TypeError,
      message:
        'multiHeadAttention(): params.q_proj_weight: expected a known name; got "q_proj_weight". Fix: write `queryWeight`, or read a state of PyTorch with fromTorchMultiheadAttention.',
      why: "PyTorch's names are for its states.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, kvHeads: 1 })",
      type: TypeError,
      message:
        'multiHeadAttention(): params.kvHeads: expected a known name; got "kvHeads". Fix: fewer key and value heads: project, splitHeads, then attention with grouped: true.',
      why: "A layer has as many key heads as query heads.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, queryWeight: zeros([4, 4]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): params: expected either inProjWeight, or queryWeight, keyWeight and valueWeight; got both.",
      why: "Two query projections.",
    },
    {
      wrote:
        "multiHeadAttention(x, x, x, { heads: 2, queryWeight: zeros([4, 4]), keyWeight: zeros([4, 4]), outWeight: zeros([4, 4]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): params.valueWeight: expected the value projection, [H·E, features]; got undefined.",
      why: "Three projections or one packed.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, inProjWeight: zeros([4, 12]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.inProjWeight: expected [3·H·D, 4], rows for the query, then the key, then the value; got [4, 12]. Fix: weights are [out, in]: exchange the axes.",
      why: "Weights are `[out, in]`.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, inProjWeight: zeros([10, 4]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.inProjWeight: expected [3·H·D, 4], rows for the query, then the key, then the value; got [10, 4]. Fix: fewer key and value heads: project, splitHeads, then attention with grouped: true.",
      why: "Three projections of the same number of rows.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, inProjWeight: zeros([6, 4]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.outWeight: expected [out, H·E] = [out, 2]; got [4, 4]. Fix: fewer key and value heads: project, splitHeads, then attention with grouped: true.",
      why: "Fewer key and value heads, packed: 4 rows and twice 1, which look like three times 2.",
    },
    {
      wrote:
        "multiHeadAttention(x, x, x, { heads: 2, queryWeight: zeros([4, 4]), keyWeight: zeros([2, 4]), valueWeight: zeros([2, 4]), outWeight: zeros([4, 4]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.keyWeight: expected [H·D, features of key] = [4, 4]; got [2, 4]. Fix: fewer key and value heads: project, splitHeads, then attention with grouped: true.",
      why: "Fewer key and value heads, as in Llama.",
    },
    {
      wrote:
        "multiHeadAttention(x, zeros([5, 6]), x, { heads: 2, queryWeight: zeros([4, 4]), keyWeight: zeros([6, 4]), valueWeight: zeros([4, 4]), outWeight: zeros([4, 4]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.keyWeight: expected [H·D, features of key] = [4, 6]; got [6, 4]. Fix: weights are [out, in]: exchange the axes.",
      why: "Weights are `[out, in]`.",
    },
    {
      wrote:
        "multiHeadAttention(x, x, x, { heads: 2, queryWeight: 1, keyWeight: 1, valueWeight: 1, outWeight: 1 })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.queryWeight: expected [H·D, features of query] = [H·D, 4]; got [].",
      why: "A weight is a matrix.",
    },
    {
      wrote:
        "multiHeadAttention(x, x, x, { heads: 4, queryWeight: zeros([4, 4]), keyWeight: zeros([4, 4]), valueWeight: zeros([6, 4]), outWeight: zeros([4, 6]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.heads: expected a divisor of the 6 rows that each projection of params.valueWeight has; got 4.",
      why: "Every head of the value is equally wide too.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, valueBias: zeros([3]) })",
      type: RangeError,
      message: "multiHeadAttention(): params.valueBias: expected [H·E] = [4]; got [3].",
      why: "One bias for each row of the weight.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, queryBias: zeros([3]) })",
      type: RangeError,
      message: "multiHeadAttention(): params.queryBias: expected [H·D] = [4]; got [3].",
      why: "One bias for each row of the weight.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, outWeight: 1 })",
      type: RangeError,
      message: "multiHeadAttention(): params.outWeight: expected [out, H·E] = [out, 4]; got [].",
      why: "A weight is a matrix.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, biasV: zeros([4]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): params: expected biasK and biasV, a learned key and its value; got biasV without biasK.",
      why: "A value without a key.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, inProjBias: zeros([4]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.inProjBias: expected [H·D + H·D + H·E] = [12]; got [4].",
      why: "One bias for each row of the weight.",
    },
    {
      wrote:
        "multiHeadAttention(x, x, x, { ...layer, inProjBias: zeros([12]), keyBias: zeros([4]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): params: expected either inProjBias, or queryBias, keyBias and valueBias; got both.",
      why: "Two key biases.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, keyBias: zeros([5]) })",
      type: RangeError,
      message: "multiHeadAttention(): params.keyBias: expected [H·D] = [4]; got [5].",
      why: "One bias for each row of the weight.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { heads: 2, inProjWeight: zeros([12, 4]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): params.outWeight: expected the output projection, [out, H·E]; got undefined.",
      why: "A layer ends with a projection; the identity is one.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, outWeight: zeros([4, 3]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.outWeight: expected [out, H·E] = [out, 4]; got [4, 3]. Fix: weights are [out, in]: exchange the axes.",
      why: "The output projection takes all heads.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, outBias: zeros([3]) })",
      type: RangeError,
      message: "multiHeadAttention(): params.outBias: expected [out] = [4]; got [3].",
      why: "One bias for each output.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, biasK: zeros([4]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): params: expected biasK and biasV, a learned key and its value; got biasK without biasV.",
      why: "A key without a value.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, biasK: zeros([1, 4]), biasV: zeros([4]) })",
      type: RangeError,
      message:
        "multiHeadAttention(): params.biasK: expected [H·D] or [1, 1, H·D] = [4]; got [1, 4].",
      why: "As wide as the projections.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, { ...layer, addZeroAttn: 1 })",
      type: TypeError,
      message: "multiHeadAttention(): params.addZeroAttn: expected true or false; got 1.",
      why: "A flag is true or false.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { weights: true })",
      type: TypeError,
      message: 'multiHeadAttention(): options.weights: expected "perHead" or "mean"; got true.',
      why: "Of each head, or their mean.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { weights: false })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.weights: expected "perHead" or "mean"; got false. Fix: leave it out for no weights.',
      why: "Of each head, or their mean.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { need_weights: true })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.need_weights: expected a known name; got "need_weights". Fix: write weights: "mean" or weights: "perHead".',
      why: "PyTorch's name for the weights.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { average_attn_weights: true })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.average_attn_weights: expected a known name; got "average_attn_weights". Fix: write weights: "mean" for true, weights: "perHead" for false.',
      why: "PyTorch's name for the mean.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { attn_mask: [[true]] })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.attn_mask: expected a known name; got "attn_mask". Fix: write `allow` (true = may attend) or `block` (true = may not attend); numbers that are added to the scores go into `bias`.',
      why: "PyTorch's layer blocks where true, its functional form allows.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { key_padding_mask: [[true]] })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.key_padding_mask: expected a known name; got "key_padding_mask". Fix: write `keyLengths` for padding at the end, or `block` (true = padding) with shape [B, 1, 1, S].',
      why: "PyTorch: true means padding.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { batch_first: false })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.batch_first: expected a known name; got "batch_first". Fix: inputs are [..., L, model]; pass a sequence-first tensor as a view.',
      why: "A view with exchanged axes does it.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { grouped: true })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.grouped: expected a known name; got "grouped". Fix: project, splitHeads, then attention with grouped: true.',
      why: "A layer has as many key heads as query heads.",
    },
    {
      wrote: "multiHeadAttention(x, x, x, layer, { heads: 2 })",
      type: TypeError,
      message:
        'multiHeadAttention(): options.heads: expected a known name; got "heads". Fix: it belongs into `params`.',
      why: "The number of heads belongs to the layer.",
    },
    {
      wrote: 'multiHeadAttention(x, x, x, layer, { causal: "left" })',
      type: TypeError,
      message:
        'multiHeadAttention(): options.causal: expected true, false, "topLeft", "bottomRight" or { offset }; got "left".',
      why: "The options of attention are checked as there.",
    },
    {
      wrote: "multiHeadAttention(x, zeros([7, 4]), zeros([6, 4]), layer)",
      type: RangeError,
      message:
        "multiHeadAttention(): value: expected as many positions as key, S = 7; got query [5, 4], key [7, 4], value [6, 4].",
      why: "Every key has a value.",
    },
    {
      wrote: "multiHeadAttention(x, zeros([1, 5, 4]), x, layer)",
      type: RangeError,
      message:
        "multiHeadAttention(): key: expected rank 2, as query has; got query [5, 4], key [1, 5, 4], value [5, 4].",
      why: "The three inputs have the same axes.",
    },
    {
      wrote: "multiHeadAttention(zeros([2, 5, 4]), zeros([3, 5, 4]), zeros([3, 5, 4]), layer)",
      type: RangeError,
      message:
        "multiHeadAttention(): key: expected the batch axes of query, [2]; got query [2, 5, 4], key [3, 5, 4], value [3, 5, 4].",
      why: "Batch axes are not repeated silently.",
    },
    {
      wrote: "multiHeadAttention([1, 2, 3, 4], x, x, layer)",
      type: RangeError,
      message:
        "multiHeadAttention(): query: expected [..., L, model], rank 2 or more; got query [4], key [5, 4], value [5, 4].",
      why: "Tokens are rows.",
    },
    {
      wrote: "multiHeadAttention(x, zeros([5, 6]), zeros([5, 6]), layer)",
      type: RangeError,
      message:
        "multiHeadAttention(): params.inProjWeight: expected query, key and value of the same number of features; got 4, 6 and 6 features. Fix: give queryWeight, keyWeight and valueWeight.",
      why: "A packed projection takes equally many features.",
    },
    {
      wrote: "multiHeadAttention(zeros([5, 6]), zeros([5, 6]), zeros([5, 6]), layer)",
      type: RangeError,
      message:
        "multiHeadAttention(): params.inProjWeight: expected [3·H·D, model] = [12, 6]; got [12, 4].",
      why: "The projection takes the features of the inputs.",
    },
    {
      wrote:
        "multiHeadAttention(x, zeros([7, 4]), zeros([7, 4]), { ...layer, addZeroAttn: true }, { allow: zeros([5, 8]) })",
      type: TypeError,
      message:
        "multiHeadAttention(): options.allow: expected booleans; got numbers, Float32Array [5, 8]. Fix: write true and false, or a Uint8Array view of 1 and 0; numbers that are added to the scores go into `bias`.",
      why: "Numbers have no polarity.",
    },
    {
      wrote:
        "multiHeadAttention(x, x, x, { ...layer, addZeroAttn: true }, { block: tensor(new Uint8Array(30), { shape: [5, 6] }) })",
      type: RangeError,
      message:
        "multiHeadAttention(): options.block: expected rank 0, [S], [L, S] or the full rank of the scores [2, 5, 5], with 1 where it repeats; got [5, 6].",
      why: "Masks speak of the real keys, without the extra ones.",
    },
    {
      wrote: 'multiHeadAttention(x, x, x, { ...layer, outBias: zeros([4], { dtype: "float64" }) })',
      type: TypeError,
      message:
        "multiHeadAttention(): params.outBias: expected float32, the precision of query; got float64 (Float64Array [4]). Fix: convert one of them, for instance Float32Array.from(data).",
      why: "A layer has one precision.",
    },
    {
      wrote: "fromTorchMultiheadAttention([], { heads: 2 })",
      type: TypeError,
      message:
        "fromTorchMultiheadAttention(): state: expected a Map or record of name → tensor; got [].",
      why: "A state has names.",
    },
    {
      wrote: "fromTorchMultiheadAttention(state)",
      type: TypeError,
      message:
        "fromTorchMultiheadAttention(): options.heads: expected a number of heads, a positive integer; got undefined.",
      why: "The number of heads is not in the state.",
    },
    {
      wrote: "fromTorchMultiheadAttention(state, { num_heads: 2 })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): options.num_heads: expected a known name; got "num_heads". Fix: write `heads`.',
      why: "The name is `heads`.",
    },
    {
      wrote: "fromTorchMultiheadAttention(state, { heads: 3 })",
      type: RangeError,
      message:
        "fromTorchMultiheadAttention(): options.heads: expected a divisor of the 4 features of the model; got 3.",
      why: "Every head is equally wide.",
    },
    {
      wrote: "fromTorchMultiheadAttention(state, { heads: 2, batchFirst: true })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): options.batchFirst: expected a known name; got "batchFirst". Fix: inputs are [..., L, model]; pass a sequence-first tensor as a view.',
      why: "Inputs have one order here.",
    },
    {
      wrote: 'fromTorchMultiheadAttention(state, { heads: 2, addZeroAttn: "yes" })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): options.addZeroAttn: expected true or false; got "yes".',
      why: "A flag is true or false.",
    },
    {
      wrote: "fromTorchMultiheadAttention(state, { heads: 2, prefix: 0 })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): options.prefix: expected text such as "layers.0.self_attn."; got 0.',
      why: "A prefix is text.",
    },
    {
      wrote:
        'fromTorchMultiheadAttention({ "layers.0.self_attn.in_proj_weight": zeros([12, 4]) }, { heads: 2 })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): options.prefix: expected what stands before the names of one layer; got "". Fix: the state has layers with the prefix "layers.0.self_attn.".',
      why: "A state of a larger model.",
    },
    {
      wrote: 'fromTorchMultiheadAttention(state, { heads: 2, prefix: "attn." })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): options.prefix: expected what stands before the names of one layer; got "attn.". Fix: the state has layers with the prefix "".',
      why: "No entry begins so.",
    },
    {
      wrote:
        'fromTorchMultiheadAttention({ "self_attn.q_proj.weight": zeros([4, 4]), "self_attn.o_proj.weight": zeros([4, 4]) }, { heads: 2 })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["self_attn.q_proj.weight"]: expected only in_proj_weight, q_proj_weight, k_proj_weight, v_proj_weight, in_proj_bias, bias_k, bias_v, out_proj.weight, out_proj.bias; got an unexpected entry. Fix: a layer of another kind: matmul(x, weight, { transposeB: true }), splitHeads, attention, mergeHeads, as docs/heads.md shows.',
      why: "The names of Llama: its layer is another one.",
    },
    {
      wrote: "fromTorchMultiheadAttention({}, { heads: 2 })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["out_proj.weight"]: expected a tensor; got no entries.',
      why: "An empty state.",
    },
    {
      wrote:
        'fromTorchMultiheadAttention({ "out_proj.weight": 1, in_proj_weight: 3 }, { heads: 2 })',
      type: RangeError,
      message:
        'fromTorchMultiheadAttention(): state["out_proj.weight"]: expected [model, model]; got [] beside out_proj.weight [].',
      why: "Weights are matrices.",
    },
    {
      wrote: "fromTorchMultiheadAttention({ in_proj_weight: zeros([12, 4]) }, { heads: 2 })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["out_proj.weight"]: expected a tensor; got only in_proj_weight.',
      why: "Half a layer.",
    },
    {
      wrote: "fromTorchMultiheadAttention({ ...state, in_proj_bias: zeros([12]) }, { heads: 2 })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["out_proj.bias"]: expected a tensor; got only in_proj_weight, out_proj.weight, in_proj_bias.',
      why: "PyTorch has both biases or neither.",
    },
    {
      wrote: "fromTorchMultiheadAttention({ ...state, bias_k: zeros([1, 1, 4]) }, { heads: 2 })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["bias_v"]: expected a tensor; got only in_proj_weight, out_proj.weight, bias_k.',
      why: "A key without a value.",
    },
    {
      wrote:
        "fromTorchMultiheadAttention({ ...state, q_proj_weight: zeros([4, 4]) }, { heads: 2 })",
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["q_proj_weight"]: expected either in_proj_weight, or q_proj_weight, k_proj_weight and v_proj_weight; got both.',
      why: "Two query projections.",
    },
    {
      wrote:
        'fromTorchMultiheadAttention({ ...state, "linear1.weight": zeros([8, 4]) }, { heads: 2 })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["linear1.weight"]: expected only in_proj_weight, q_proj_weight, k_proj_weight, v_proj_weight, in_proj_bias, bias_k, bias_v, out_proj.weight, out_proj.bias; got an unexpected entry. Fix: `prefix` picks one layer of a larger state.',
      why: "An entry of another layer.",
    },
    {
      wrote:
        "fromTorchMultiheadAttention({ ...state, in_proj_weight: zeros([4, 12]) }, { heads: 2 })",
      type: RangeError,
      message:
        'fromTorchMultiheadAttention(): state["in_proj_weight"]: expected [12, 4]; got [4, 12] beside out_proj.weight [4, 4].',
      why: "A transposed weight.",
    },
    {
      wrote:
        'fromTorchMultiheadAttention({ ...state, "out_proj.weight": new Float32Array(16) }, { heads: 2 })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["out_proj.weight"]: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got a bare Float32Array. Fix: give it a shape: tensor(data, { shape: [...] }).',
      why: "A bare typed array has no shape.",
    },
    {
      wrote:
        'fromTorchMultiheadAttention({ ...state, "out_proj.weight": zeros([4, 4], { dtype: "float64" }) }, { heads: 2 })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["out_proj.weight"]: expected float32, the precision of state["in_proj_weight"]; got float64 (Float64Array [4, 4]). Fix: convert one of them, for instance Float32Array.from(data).',
      why: "A layer has one precision.",
    },
  ],
};
