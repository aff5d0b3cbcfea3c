import type { AttentionFunction, Supports } from "../../src/testing/index.js";
import type { FloatArray } from "../../src/tensor/types.js";
import { handWritten, handWrittenSupports, rightSteps, type Steps } from "./handWritten.js";

/** A mistake of a kind that real attention code has made, in a function that is right otherwise. */
export interface PlantedBug {
  readonly bug: string;
  /** The law that has to notice. */
  readonly law: string;
  /** What its message has to say. */
  readonly says: RegExp;
  readonly fn: AttentionFunction;
  readonly supports: Supports;
}

const { fround } = Math;

function bug(
  law: string,
  text: string,
  says: RegExp,
  changes: Partial<Steps>,
  supports: Supports = {},
): PlantedBug {
  const all = { ...handWrittenSupports, ...supports };
  return { law, bug: text, says, fn: handWritten(changes), supports: all };
}

/** The sum of the powers, and what to do with it. */
function softmaxWith(
  finish: (powers: number[], sum: number, top: number) => { weights: number[]; lse: number },
): Steps["softmax"] {
  return (scores, sink) => {
    const top = Math.max(sink, ...scores);
    if (top === -Infinity) return { weights: scores.map(() => 0), lse: -Infinity };
    const powers = scores.map((s) => fround(Math.exp(fround(s - top))));
    const sum = powers.reduce((a, p) => fround(a + p), fround(Math.exp(fround(sink - top))));
    return finish(powers, sum, top);
  };
}

const normal = (powers: number[], sum: number, top: number) => ({
  weights: powers.map((p) => fround(p / sum)),
  lse: fround(top + Math.log(sum)),
});

let calls = 0;

export const plantedBugs: readonly PlantedBug[] = [
  bug("mask-polarity", "the mask is read the other way round", /got the inverted mask/, {
    sees: (pair, { mask, ...options }) =>
      rightSteps.sees(pair, {
        ...options,
        ...(mask ? { mask: { ...mask, data: mask.data.map((x) => 1 - x) } } : {}),
      }),
  }),
  bug("mask-polarity", "the mask is ignored", /got .*no mask/, {
    sees: (pair, { mask: _, ...options }) => rightSteps.sees(pair, options),
  }),
  bug("causal", "causal sees one key too many", /got j ≤ i \+ 1/, {
    sees: (pair, options) =>
      rightSteps.sees(pair, { ...options, causal: undefined }) &&
      (!options.causal ||
        pair.j <= pair.i + (options.causal === "topLeft" ? 0 : pair.S - pair.L) + 1),
  }),
  bug("causal-leak", "causal sees one key too many", /may not see key/, {
    sees: (pair, options) =>
      rightSteps.sees(pair, { ...options, causal: undefined }) &&
      (!options.causal ||
        pair.j <= pair.i + (options.causal === "topLeft" ? 0 : pair.S - pair.L) + 1),
  }),
  bug("causal", "causal leaves out the query's own key", /got j < i/, {
    sees: (pair, options) =>
      rightSteps.sees(pair, { ...options, causal: undefined }) &&
      (!options.causal || pair.j < pair.i + (options.causal === "topLeft" ? 0 : pair.S - pair.L)),
  }),
  bug(
    "causal-alignment",
    "query 0 stands at key 0, where the last query should stand at the last key",
    /expected bottomRight; got topLeft/,
    {
      sees: (pair, options) =>
        rightSteps.sees(pair, { ...options, causal: options.causal && "topLeft" }),
    },
    { causal: "bottomRight" },
  ),
  bug("window", "a window of w keys counts the query's own", /include its own key/, {
    sees: (pair, { window, ...options }) =>
      rightSteps.sees(pair, {
        ...options,
        ...(window ? { window: { left: window.left - 1, right: window.right } } : {}),
      }),
  }),
  bug("window-leak", "the window is ignored where a mask is given", /may not see key/, {
    sees: (pair, { window, ...options }) =>
      rightSteps.sees(pair, { ...options, ...(window && !options.causal ? {} : { window }) }),
  }),
  bug("padding-leak", "the length of the first batch entry is used for all", /may not see key/, {
    sees: (pair, { keyLengths, ...options }) =>
      rightSteps.sees(pair, {
        ...options,
        ...(keyLengths ? { keyLengths: keyLengths.map(() => Math.max(...keyLengths)) } : {}),
      }),
  }),
  bug("scale", "no scale", /got no scale/, {
    score: (dot, pair, options) =>
      rightSteps.score(dot, pair, { ...options, scale: options.scale ?? 1 }),
  }),
  bug("scale", "the scale is applied to queries and to keys", /got 1\/D, the scale twice/, {
    score: (dot, pair, options) =>
      rightSteps.score(dot, pair, { ...options, scale: options.scale ?? 1 / pair.D }),
  }),
  bug("scale", "scores are multiplied by √D", /got √D, the inverse/, {
    score: (dot, pair, options) =>
      rightSteps.score(dot, pair, { ...options, scale: options.scale ?? Math.sqrt(pair.D) }),
  }),
  bug("heads", "the scale comes from the width of the model", /head \d alone/, {
    score: (dot, pair, options) =>
      rightSteps.score(dot, pair, {
        ...options,
        scale: options.scale ?? 1 / Math.sqrt(pair.H * pair.D),
      }),
  }),
  bug("weight-sums", "softmax over the queries instead of the keys", /sum of row/, {
    softmax: (scores, _sink, { i, all }) => {
      const columns = scores.map((_, j) => all.map((row) => row[j]));
      return {
        weights: columns.map(
          (column) => rightSteps.softmax(column, -Infinity, { i, all }).weights[i],
        ),
        lse: 0,
      };
    },
  }),
  bug("one-key", "softmax over the queries instead of the keys", /sees one key/, {
    softmax: (scores, _sink, { i, all }) => {
      const columns = scores.map((_, j) => all.map((row) => row[j]));
      return {
        weights: columns.map(
          (column) => rightSteps.softmax(column, -Infinity, { i, all }).weights[i],
        ),
        lse: 0,
      };
    },
  }),
  bug("key-shift", "the maximum is not subtracted", /is NaN/, {
    softmax: (scores) => {
      const powers = scores.map((s) => fround(Math.exp(s)));
      const sum = powers.reduce((a, p) => fround(a + p), 0);
      return { weights: powers.map((p) => fround(p / sum)), lse: fround(Math.log(sum)) };
    },
  }),
  bug("key-shift", "the maximum of all rows is subtracted from each", /is NaN/, {
    softmax: (_scores, sink, { i, all }) => {
      const top = Math.max(sink, ...all.flat());
      const powers = all[i].map((s) => fround(Math.exp(fround(s - top))));
      const sum = powers.reduce((a, p) => fround(a + p), fround(Math.exp(fround(sink - top))));
      return normal(powers, sum, top);
    },
  }),
  bug("fill-leak", "blocked scores are −1e9", /finite score/, { blocked: () => fround(-1e9) }),
  bug("empty-row", "blocked scores are the lowest float32", /uniform/, {
    blocked: () => fround(-3.4e38),
  }),
  bug("empty-row", "−1e9 is added to blocked scores", /uniform|without a mask/, {
    blocked: (score) => fround(score - 1e9),
  }),
  {
    ...bug("empty-row", "only the last query leaks where it may attend nothing", /a leak/, {}),
    fn: (query, key, value, options) => {
      const computed = handWritten()(query, key, value, options) as { data: FloatArray };
      const { mask } = options;
      if (!mask) return computed;
      const [B, H, L, S] = mask.shape;
      const E = value.shape[3];
      for (let row = L - 1; row < B * H * L; row += L) {
        if (mask.data.subarray(row * S, (row + 1) * S).includes(1)) continue;
        computed.data.fill(99, row * E, (row + 1) * E);
      }
      return computed;
    },
  },
  bug("softcap-order", "the softcap comes after the mask", /got c·tanh\(mask\(s\)\/c\)/, {
    blocked: (_score, { softcap }) => (softcap === undefined ? -Infinity : -softcap),
  }),
  bug("softcap-order", "the softcap is ignored", /no softcap/, {
    score: (dot, pair, { softcap: _, ...options }) => rightSteps.score(dot, pair, options),
  }),
  bug("grouped", "query head h reads key/value head h mod Hkv", /got head h mod Hkv/, {
    headOf: (h, { Hkv }) => h % Hkv,
  }),
  bug("grouped", "groups of query heads are two wherever there are groups", /grouped/, {
    headOf: (h, sizes) =>
      sizes.H / sizes.Hkv === 3 ? Math.floor(h / 2) % sizes.Hkv : rightSteps.headOf(h, sizes),
  }),
  bug("definition", "values are in another order than keys", /the definition/, {
    valueAt: (j, S) => S - 1 - j,
  }),
  bug("weighted-sum", "values are in another order than keys", /weights·v/, {
    valueAt: (j, S) => S - 1 - j,
  }),
  bug("heads", "head h reads the keys of head h + 1", /head \d alone/, {
    headOf: (h, sizes) => rightSteps.headOf((h + 1) % sizes.H, sizes),
  }),
  bug("weight-sums", "weights are off by one part in 10⁴", /sum of row/, {
    softmax: softmaxWith((powers, sum, top) => normal(powers, fround(sum * (1 + 1e-4)), top)),
  }),
  bug("range", "the output is off by one part in 10⁴", /outside/, {
    finish: (result, options) =>
      rightSteps.finish({ ...result, output: result.output.map((x) => x * (1 + 1e-4)) }, options),
  }),
  bug("weight-range", "the division is an approximate reciprocal", /outside \[0/, {
    softmax: softmaxWith((powers, sum, top) => ({
      ...normal(powers, sum, top),
      weights: powers.map((p) => fround(p * fround(1.0001 / sum))),
    })),
  }),
  bug("definition", "the last key is dropped", /the definition/, {
    sees: (pair, options) =>
      rightSteps.sees(pair, options) && (pair.S === 1 || pair.j < pair.S - 1),
  }),
  bug("key-order", "the last key is dropped", /permuted keys/, {
    sees: (pair, options) =>
      rightSteps.sees(pair, options) && (pair.S === 1 || pair.j < pair.S - 1),
  }),
  bug("deletion", "a blocked key keeps its share of the denominator", /without key/, {
    softmax: (scores, sink) => {
      const top = Math.max(sink, ...scores.filter((s) => s !== -Infinity), -1e30);
      const powers = scores.map((s) => fround(Math.exp(fround((s === -Infinity ? top : s) - top))));
      const sum = powers.reduce((a, p) => fround(a + p), fround(Math.exp(fround(sink - top))));
      return normal(
        powers.map((p, j) => (scores[j] === -Infinity ? 0 : p)),
        sum,
        top,
      );
    },
  }),
  bug("determinism", "keys are added up in the order in which threads are done", /again/, {
    order: (S) => {
      const order = rightSteps.order(S);
      return calls++ % 2 === 0 ? order : order.reverse();
    },
  }),
  bug("batch", "every batch entry reads the keys of the first", /batch entry \d alone/, {
    inputs: (_q, k, _v, { B, Hkv, S }) => {
      for (let at = 0; at < B * Hkv * S; at++) k[at] = k[at % (Hkv * S)];
    },
  }),
  bug("looking", "causality is lost where weights are asked for", /with weights/, {
    sees: (pair, options) =>
      rightSteps.sees(pair, { ...options, ...(options.weights ? { causal: undefined } : {}) }),
  }),
  bug("looking", "the log-sum-exp is another one beside the weights", /with weights and lse/, {
    finish: (result, options) =>
      rightSteps.finish(
        options.weights && options.lse ? { ...result, lse: result.lse.map((x) => -x) } : result,
        options,
      ),
  }),
  bug("lse", "the log-sum-exp is to base 2", /ln Σ exp/, {
    softmax: softmaxWith((powers, sum, top) => ({
      ...normal(powers, sum, top),
      lse: (top + Math.log(sum)) / Math.LN2,
    })),
  }),
  bug("merge", "the log-sum-exp lacks the maximum", /split/, {
    softmax: softmaxWith((powers, sum, top) => ({
      ...normal(powers, sum, top),
      lse: Math.log(sum),
    })),
  }),
  bug("weights", "the weights that are shown are the powers", /the softmax/, {
    softmax: softmaxWith((powers, sum, top) => ({ ...normal(powers, sum, top), weights: powers })),
  }),
  bug(
    "bias-blocks",
    "−Infinity in the bias is clamped to a large number",
    /−Infinity in the bias/,
    {
      score: (dot, pair, { bias, ...options }) =>
        rightSteps.score(dot, pair, {
          ...options,
          ...(bias ? { bias: { ...bias, data: bias.data.map((x) => Math.max(x, -10)) } } : {}),
        }),
      sees: rightSteps.sees,
    },
  ),
  bug("rules", "a causal rule and a mask do not meet the same path", /dense mask/, {
    score: (dot, pair, options) =>
      rightSteps.score(options.causal ? dot : dot * 1.001, pair, options),
  }),
  bug("query-order", "a slope over the query positions was left switched on", /permuted queries/, {
    score: (dot, pair, options) => rightSteps.score(dot * (1 + pair.i / 100), pair, options),
  }),
  bug("queries", "the first query of a call takes another path", /alone/, {
    score: (dot, pair, options) =>
      rightSteps.score(pair.i === 0 && pair.L > 1 ? dot * 1.001 : dot, pair, options),
  }),
  bug("query-garbage", "a NaN query spoils the block that it is computed in", /is NaN/, {
    inputs: (q) => {
      if (q.some((row) => row.some(Number.isNaN))) q.forEach((row) => row.fill(NaN));
    },
  }),
  bug("decode", "a single query takes another scale", /keys so far/, {
    score: (dot, pair, options) =>
      rightSteps.score(pair.L === 1 && pair.S > 1 ? dot * 1.001 : dot, pair, options),
  }),
  bug("linear", "large values are clipped", /αv₁ \+ βv₂/, {
    inputs: (_q, _k, v) => v.forEach((row) => row.forEach((x, e) => (row[e] = Math.min(x, 1)))),
  }),
  bug("mask-leak", "masked weights are set to 0 after the softmax", /may not see key/, {
    blocked: (score) => score,
    finish: rightSteps.finish,
  }),
  bug(
    "garbage-leak",
    "blocked weights are 0, and 0 is multiplied by whatever the value holds",
    /is NaN/,
    {},
    { garbage: true },
  ),
  bug("accuracy", "the weights are rounded to bfloat16", /plain float32 .*supports\.unit/, {
    softmax: softmaxWith((powers, sum, top) => {
      const { weights, lse } = normal(powers, sum, top);
      const short = (x: number): number =>
        fround(fround(x * 65537) - fround(fround(x * 65537) - x));
      return { weights: weights.map(short), lse };
    }),
  }),
  bug("result", "an underflow is not NaN but 0/0", /is NaN/, {
    softmax: (scores, sink, row) => {
      const { weights, lse } = rightSteps.softmax(scores, sink, row);
      return { weights: weights.map((w) => (w < 0.05 ? NaN : w)), lse };
    },
  }),
  {
    ...bug("inputs", "the queries are scaled in place", /writes to query/, {}),
    fn: (query, key, value, options) => {
      const output = handWritten()(query, key, value, options);
      query.data.forEach((x, at) => (query.data[at] = x / 2));
      return output;
    },
  },
];
