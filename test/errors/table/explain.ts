import type { Section } from "../table.js";

export const explain: Section = {
  title: "Explanations",
  rows: [
    {
      wrote: "explain(x, x, x)",
      type: TypeError,
      message: "explain(): options.tokens: expected 5 strings, one for each query; got undefined.",
      why: "Numbers without names explain nothing.",
    },
    {
      wrote: 'explain(x, x, x, { tokens: "river bank flooded" })',
      type: TypeError,
      message:
        'explain(): options.tokens: expected 5 strings, one for each query; got "river bank flooded". Fix: split the text as the model does.',
      why: "What is a token is the model's matter.",
    },
    {
      wrote: 'explain(x, x, x, { tokens: ["a", "b"] })',
      type: RangeError,
      message: "explain(): options.tokens: expected 5 strings, one for each query; got 2.",
      why: "A name too few would move all the others.",
    },
    {
      wrote: 'explain([[1, 2, 3, 4]], x, x, { tokens: ["a"] })',
      type: TypeError,
      message:
        "explain(): options.keyTokens: expected the text of each key; got none for L = 1 queries and S = 5 keys.",
      why: "With L ≠ S the keys have names of their own.",
    },
    {
      wrote: 'explain(q, q, q, { tokens: ["a", "b", "c", "d", "e"] })',
      type: RangeError,
      message:
        "explain(): options.batch: expected the batch entry to explain, an integer from 0 to 1; got undefined.",
      why: "One sentence is explained at a time.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"], headNames: ["x", "y"] })',
      type: RangeError,
      message:
        "explain(): options.headNames: expected 1 different strings, one for each head; got 2.",
      why: "As many names as heads.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"], out: x })',
      type: TypeError,
      message:
        'explain(): options.out: expected a known name; got "out". Fix: leave it out: an explanation computes rows when they are asked for.',
      why: "An explanation computes nothing until it is asked.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"], layer: "first" })',
      type: TypeError,
      message: 'explain(): options.layer: expected a non-negative integer; got "first".',
      why: "Layers are counted.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"] }).outputShares([])',
      type: TypeError,
      message: "outputShares(): queries: expected a position or an array of at least one; got [].",
      why: "The output of no query.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"] }).head(1)',
      type: RangeError,
      message: "explain(): head: expected a head from 0 to 0, or one of head 0; got 1.",
      why: "There is one head.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"] }).mean([])',
      type: TypeError,
      message: "explain(): heads: expected an array of at least one head; got [].",
      why: "The mean of nothing is no view.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"] }).head(0).row(1)',
      type: RangeError,
      message: "row(): i: expected an integer from 0 to 0; got 1.",
      why: "There is one query.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"] }).head(0).stage("probs")',
      type: RangeError,
      message:
        'stage(): name: expected one of raw, scores, capped, biased, masked, weights, contributions, output, lse; got "probs".',
      why: "Stages have the names of attentionTrace.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"] }).head(0).withoutKeys(0)',
      type: TypeError,
      message: "withoutKeys(): keys: expected an array of key positions; got 0. Fix: write [0].",
      why: "Several keys can be left out.",
    },
    {
      wrote: 'explain([[1]], [[1]], [[1]], { tokens: ["a"] }).head(0).words([])',
      type: RangeError,
      message: "words(): groups: expected every token in a word; got none with token 0.",
      why: "Weight that belongs to no word would be lost.",
    },
    {
      wrote: 'explainWeights([[2, -1]], { tokens: ["a"], keyTokens: ["a", "b"] })',
      type: RangeError,
      message:
        "explainWeights(): weights: expected no weight below 0; got -1 at [0, 0, 1]. Fix: give the weights after the softmax, not the scores.",
      why: "These are scores.",
    },
    {
      wrote: 'explainWeights([[0.9, 0.9], [0.1, 0.1]], { tokens: ["a", "b"] })',
      type: RangeError,
      message:
        "explainWeights(): weights: expected rows that sum to 1, or to less with a sink; got 1.8 in row 0 of head 0. Fix: queries are rows and keys columns: transpose it if it is the other way.",
      why: "Softmax over the wrong axis, or transposed.",
    },
    {
      wrote: 'wordGroups(["a"], { marker: "_" })',
      type: TypeError,
      message: 'wordGroups(): options.marker: expected "▁", "Ġ" or "##"; got "_".',
      why: "A marker is named, never guessed from the text.",
    },
    {
      wrote: "previousTokenScore([[1, 0]])",
      type: RangeError,
      message: "previousTokenScore(): weights: expected [L, L] of one head; got [1, 2].",
      why: "The scores of heads are about one sequence.",
    },
    {
      wrote: "sinkScore([1, 0])",
      type: RangeError,
      message: "sinkScore(): weights: expected [L, L] of one head; got [2].",
      why: "One head, [L, L].",
    },
    {
      wrote: 'inductionScore([[1, 0], [0, 1]], ["a"])',
      type: RangeError,
      message:
        "inductionScore(): ids: expected 2 token ids or texts, one for each position; got 1.",
      why: "Every position has an id.",
    },
    {
      wrote: "duplicateTokenScore([[1]])",
      type: TypeError,
      message:
        "duplicateTokenScore(): ids: expected 1 token ids or texts, one for each position; got undefined.",
      why: "Which tokens are the same has to be told.",
    },
    {
      wrote: "localScore([[1]], -1)",
      type: RangeError,
      message: "localScore(): width: expected a non-negative integer; got -1.",
      why: "A width counts neighbours.",
    },
    {
      wrote: "principalPlane([])",
      type: RangeError,
      message: "principalPlane(): points: expected at least one point; got none.",
      why: "A plane lies along points.",
    },
    {
      wrote: "principalPlane([[1, 0], [1, NaN]])",
      type: RangeError,
      message:
        "principalPlane(): points[1][1]: expected a finite number; got NaN. Fix: leave out points that have no place.",
      why: "A point without a place would pull the plane nowhere.",
    },
    {
      wrote: "rollout([])",
      type: TypeError,
      message: "rollout(): layers: expected an array of at least one layer; got [].",
      why: "A flow needs a layer.",
    },
    {
      wrote: "rollout([[[[1]], [[1]]]])",
      type: RangeError,
      message:
        "rollout(): layers[0]: expected [L, L], the weights of one layer; got [2, 1, 1]. Fix: take the mean over the heads.",
      why: "Rollout is about layers, not heads.",
    },
    {
      wrote: "rollout([[[1]]], { residual: 2 })",
      type: RangeError,
      message: "rollout(): options.residual: expected a share from 0 to 1; got 2.",
      why: "A share.",
    },
  ],
};
