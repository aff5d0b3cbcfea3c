import { attendRows, emptyRowError } from "../attention/attend.js";
import type { Call } from "../attention/call.js";
import { callOfRows } from "../attention/callOfRows.js";
import type { AttentionTrace } from "../attention/index.js";
import { traceCall } from "../attention/traceCall.js";
import { exp64 } from "../elementary/portable.js";
import { coverage, intersection, type BoundMask } from "../masks/index.js";
import { matmul32, matmul64, type MatmulKernel } from "../matmul/portable.js";
import {
  allocate,
  canonicalizeNaN,
  freshTensor,
  pick,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { blockedKeys } from "./blocked.js";
import { contributionsOf } from "./contributions.js";
import type { Reasons } from "./reasons.js";
import type { Source } from "./source.js";
import type { Sequences } from "./tokens.js";

/** The stages of a trace, and two that are computed when they are asked for: they may be large. */
export interface TracedStages<A extends FloatArray> extends AttentionTrace<A> {
  raw(): Tensor<A>;
  contributions(): Tensor<A>;
}

/** A source that has every stage of its rows. */
export interface StagedSource<A extends FloatArray> extends Source {
  /** The stages of queries `from … to − 1`. */
  stages(from: number, to: number): TracedStages<A>;
  without(keys: ReadonlySet<number>): StagedSource<A>;
}

/** What the heads of an explanation have in common. */
export interface Explained<A extends FloatArray> {
  readonly call: Call<A>;
  readonly batch: number;
  readonly layer: number | null;
  readonly sequences: Sequences;
  /** Where query `i` stands among the keys, as for `Source`. */
  readonly offset: number | undefined;
  readonly reasons: Reasons;
  /** Keys that `withoutKeys` left out. */
  readonly left: ReadonlySet<number>;
}

/** One head of an attention call: its rows are computed when they are asked for. */
export function attentionSource<A extends FloatArray>(
  name: string,
  explained: Explained<A>,
  h: number,
): StagedSource<A> {
  const { batch: b, layer, sequences, offset, left } = explained;
  const call = left.size > 0 ? leaveOut(explained.call, left) : explained.call;
  const { heads, queries: length, sinks } = call;
  const trace = (rows: Call<A>, from: number): AttentionTrace<A> =>
    traceCall(rows, (results) => {
      const empty = attendRows(rows, results);
      if (empty < 0 || call.emptyRow !== "throw") return -1;
      throw emptyRowError(call, (b * heads + h) * length + from + empty);
    });
  return {
    name,
    layer,
    queries: sequences.queries,
    keys: sequences.keys,
    offset,
    row(i) {
      const { weights, biased, masked, lse } = trace(callOfRows(call, b, h, i, i + 1), i);
      // A padded row has no sink either.
      const sunk = sinks !== undefined && lse.data[0] !== -Infinity;
      const rest = sunk ? sinkShare(sinks[h], masked.data) : 0;
      return {
        weights: weights.data,
        scores: biased.data,
        blocked: blockedKeys(call, b, h, i),
        rest,
        empty: masked.data.every((score) => score === -Infinity),
      };
    },
    stages(from, to) {
      const rows = callOfRows(call, b, h, from, to);
      const stages = trace(rows, from);
      return {
        ...stages,
        raw: () => rawScores(rows),
        contributions: () => contributionsOf(rows, stages),
      };
    },
    reasons: (i, j) => [
      ...explained.reasons(h, i, j),
      ...(left.has(j) ? [{ rule: "withoutKeys", text: `key ${j} is left out` } as const] : []),
    ],
    without: (keys) =>
      attentionSource(name, { ...explained, left: new Set([...left, ...keys]) }, h),
  };
}

/**
 * The share of a sink, `exp(sink) / (exp(sink) + Σ exp(score))`. From the scores: the rounding of a large `lse`
 * would be multiplied by the exponential.
 */
function sinkShare(sink: number, scores: FloatArray): number {
  let most = sink;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (const score of scores) sum += exp64(score - most);
  const own = exp64(sink - most);
  return own / (own + sum);
}

/** `q·kᵀ` of one head, `[L, S]`, in the order of `matmul`. */
function rawScores<A extends FloatArray>(rows: Call<A>): Tensor<A> {
  const { fn, queries, keys, headSize, query, key, dtype } = rows;
  const data = allocate(fn, "raw", [queries, keys], dtype) as A;
  const multiply = pick<MatmulKernel<A>>(dtype, matmul32, matmul64);
  // prettier-ignore
  multiply(
    query.data, query.starts[0], query.row, query.column,
    key.data, key.starts[0], key.column, key.row,
    data, 0, keys, 1,
    queries, headSize, keys, false,
  );
  canonicalizeNaN(data);
  return freshTensor(data, [queries, keys]);
}

/** The same call with some keys blocked for every query. */
function leaveOut<A extends FloatArray>(call: Call<A>, left: ReadonlySet<number>): Call<A> {
  const rule: BoundMask = {
    coverage(_b, _h, _i0, _i1, j0, j1) {
      let gone = 0;
      for (let j = j0; j < j1; j++) if (left.has(j)) gone++;
      return gone === 0 ? coverage.all : gone === j1 - j0 ? coverage.none : coverage.some;
    },
    narrow(_b, _h, _i, j0, j1, allowed) {
      for (let j = j0; j < j1; j++) if (left.has(j)) allowed[j - j0] = 0;
    },
  };
  return { ...call, mask: call.mask ? intersection([call.mask, rule]) : rule };
}
