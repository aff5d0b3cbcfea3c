import type { AttentionOptions } from "../attention/index.js";
import { bindCall, type Call } from "../attention/call.js";
import { intersection, readAlign, window, type ScoreShape } from "../masks/index.js";
import {
  checkOptions,
  rangeError,
  showShape,
  sizeOf,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { entries, readOwn } from "./readAppended.js";
import type { CacheShape } from "./readCacheOptions.js";
import type { Store } from "./store.js";
import { attentionOptionHints, attentionOptionNames } from "../attention/index.js";

/**
 * Checks the arguments of a cache's attention as those of `attention` over all positions, `floor` being the
 * first that is not given up. Keys and values of the call stand for their shapes only.
 */
export function readQuery<A extends FloatArray>(
  fn: string,
  shape: CacheShape,
  { length, engine }: Store<A>,
  floor: number,
  query: unknown,
  given: AttentionOptions<A> = {},
): Call<A> {
  checkOptions(fn, given, attentionOptionNames, attentionOptionHints);
  const options = { ...given };
  const q = readOwn<A>(fn, "query", query, shape);
  checkQuery(fn, q, shape);
  const sequenceFirst = options.layout === "BLHD";
  const stub = (size: number): Tensor<A> => standIn(q, sequenceFirst, shape, length, size);
  const call = bindCall<A>(fn, q, stub(shape.headSize), stub(shape.valueSize), {
    ...options,
    causal: causalOf(options, q, sequenceFirst),
    // What holds the keys computes, unless another engine is asked for.
    engine: (options.engine ?? "auto") === "auto" ? engine : options.engine,
  });
  limitToWindow(call, shape, length, floor);
  return call;
}

/** In a cache it is known where the queries stand: they are the last positions. */
function causalOf(
  { causal, keyLengths, queryLengths, window }: AttentionOptions,
  { shape }: Tensor,
  sequenceFirst: boolean,
): AttentionOptions["causal"] {
  if (causal !== undefined && causal !== true) return causal;
  // One query at the last position sees every key: there is nothing to ask a mask.
  const rows = shape[shape.length - (sequenceFirst && shape.length > 2 ? 3 : 2)];
  const isFree = rows === 1 && (keyLengths ?? queryLengths ?? window) === undefined;
  return isFree ? false : "bottomRight";
}

function checkQuery(fn: string, { shape }: Tensor, { batch, heads, headSize }: CacheShape): void {
  const rank = shape.length;
  const fits = rank > 2 ? sizeOf(shape.slice(0, -3)) === batch : rank === 2 && heads === 1;
  if (fits && shape[rank - 1] === headSize) return;
  const form = heads === 1 ? "[L, D] or [..., H, L, D]" : "[..., H, L, D]";
  const expected = `${form} with ${entries(batch)} and D = ${headSize}`;
  throw rangeError(fn, "query", expected, showShape(shape));
}

/** A view of one number in the shape of the cache's keys or values, beside this query. */
function standIn<A extends FloatArray>(
  { shape, data, dtype }: Tensor<A>,
  sequenceFirst: boolean,
  { kvHeads }: CacheShape,
  length: number,
  size: number,
): Tensor<A> {
  const inner = sequenceFirst ? [length, kvHeads, size] : [kvHeads, length, size];
  const whole = shape.length > 2 ? [...shape.slice(0, -3), ...inner] : [length, size];
  const one = new (data.constructor as new (size: number) => A)(1);
  return { data: one, shape: whole, stride: whole.map(() => 0), offset: 0, dtype };
}

/** Adds the window of the cache, and refuses queries that would see what it has given up. */
function limitToWindow<A extends FloatArray>(
  call: Call<A>,
  { left }: CacheShape,
  length: number,
  floor: number,
): void {
  if (left === Infinity) return;
  const place = { fn: call.fn, argument: "query" };
  const offsets = readAlign("bottomRight", call as ScoreShape, place, "");
  for (let b = 0; b < call.batch; b++) {
    const queries = call.queryCounts?.[b] ?? call.queries;
    if (queries === 0 || offsets[b] - left >= floor || floor === 0) continue;
    throw rangeError(
      call.fn,
      "query",
      `queries that see no position before ${floor}, where the window of the cache starts`,
      `a first query at position ${offsets[b]} of ${length}, which sees from ${offsets[b] - left} on`,
      "attend after each append: it keeps what its own queries see, and nothing before",
    );
  }
  const sides = window({ left, right: Infinity, align: "bottomRight" }).bind(call, place);
  call.mask = call.mask ? intersection([call.mask, sides]) : sides;
}
