import type { AttentionOptions } from "../attention/index.js";
import { bindCall, type Call } from "../attention/call.js";
import { intersection, masks, readAlign, type ScoreShape } from "../masks/index.js";
import {
  checkOptions,
  describe,
  ownOf,
  rangeError,
  showShape,
  sizeOf,
  typeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { entries, readOwn } from "./readAppended.js";
import type { CacheShape } from "./readCacheOptions.js";
import type { Store } from "./store.js";
import { attentionOptionHints, attentionOptionNames } from "../attention/index.js";

/**
 * Checks the arguments of a cache's attention as those of `attention` over all positions, `floors` being the
 * first that are not given up. Keys and values of the call stand for their shapes only.
 */
export function readQuery<A extends FloatArray>(
  fn: string,
  shape: CacheShape,
  { spans, engine }: Store<A>,
  floors: readonly number[],
  query: unknown,
  asked?: AttentionOptions<A>,
): Call<A> {
  const options = checkOptions(fn, asked, attentionOptionNames, attentionOptionHints);
  if (options.keyLengths !== undefined) {
    throw typeError(
      fn,
      "options.keyLengths",
      "none: the cache knows how many positions each batch entry has",
      describe(options.keyLengths),
      "leave padding out by `lengths` of append, or attend to fewer keys by `allow: masks.lengths(n)`",
    );
  }
  const q = readOwn<A>(fn, "query", query, shape);
  checkQuery(fn, q, shape);
  const sequenceFirst = options.layout === "BLHD";
  const lengths = spans.map((span) => span.length);
  const length = Math.max(...lengths);
  const ragged = lengths.some((one) => one !== length);
  const stub = (size: number): Tensor<A> => standIn(q, sequenceFirst, shape, length, size);
  const within = ownOf({
    ...options,
    causal: causalOf(options, shape, q, sequenceFirst, ragged),
    keyLengths: ragged ? lengths : undefined,
    // What holds the keys computes, unless another engine is asked for.
    engine: (options.engine ?? "auto") === "auto" ? engine : options.engine,
  });
  const call = bindCall<A>(fn, q, stub(shape.headSize), stub(shape.valueSize), within);
  checkPositions(call, shape, options);
  limitToWindow(call, shape, length, floors);
  return call;
}

/** In a cache it is known where the queries stand: they are the last positions. */
function causalOf(
  { causal, queryLengths, window }: AttentionOptions,
  cache: CacheShape,
  { shape }: Tensor,
  sequenceFirst: boolean,
  ragged: boolean,
): AttentionOptions["causal"] {
  if (causal !== undefined) return causal;
  if (!cache.causal) return false;
  // One query at the last position sees every key: there is nothing to ask a mask.
  const rows = shape[shape.length - (sequenceFirst && shape.length > 2 ? 3 : 2)];
  const isFree = rows === 1 && !ragged && (queryLengths ?? window) === undefined;
  return isFree ? false : "bottomRight";
}

function checkQuery(fn: string, { shape }: Tensor, cache: CacheShape): void {
  const { batch, kvHeads, headSize } = cache;
  const rank = shape.length;
  const single = batch * kvHeads === 1;
  const fits = rank > 2 ? sizeOf(shape.slice(0, -3)) === batch : rank === 2 && single;
  if (fits && shape[rank - 1] === headSize) return;
  const form = single ? "[L, D] or [..., H, L, D]" : "[..., H, L, D]";
  const expected = `${form} with ${entries(batch)} and D = ${headSize}`;
  throw rangeError(fn, "query", expected, showShape(shape));
}

/** A view of one number in the shape of the cache's keys or values, for this query. */
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

/** A query without a position of its own, or without any key, is a mistake unless `emptyRow` says otherwise. */
function checkPositions(
  { fn, batch, queries, keys, queryCounts, keyCounts }: Call,
  { causal }: CacheShape,
  options: AttentionOptions,
): void {
  if (options.emptyRow !== undefined) return;
  const last = causal && options.causal === undefined;
  for (let b = 0; b < batch; b++) {
    const [asked, there] = [queryCounts?.[b] ?? queries, keyCounts?.[b] ?? keys];
    if (asked === 0 || (there > 0 && !(last && asked > there))) continue;
    const where = batch === 1 ? "" : ` in batch entry ${b}`;
    const otherwise = 'write emptyRow: "zero" if rows without a key are meant';
    throw rangeError(
      fn,
      "query",
      there === 0
        ? `a position to attend to${where}`
        : `at most ${there} queries${where}: they are its last positions`,
      there === 0 ? "none" : `L = ${asked}`,
      there === 0
        ? `append keys and values first; ${otherwise}`
        : `write \`queryLengths\` where entries have fewer queries, or create the cache with causal: false for cross attention; ${otherwise}`,
    );
  }
}

/** Adds the window of the cache, and refuses queries that would see what it has given up. */
function limitToWindow<A extends FloatArray>(
  call: Call<A>,
  { left, keepFirst }: CacheShape,
  length: number,
  floors: readonly number[],
): void {
  if (left === Infinity) return;
  const place = { fn: call.fn, argument: "query" };
  const offsets = readAlign("bottomRight", call as ScoreShape, place, "");
  for (let b = 0; b < call.batch; b++) {
    const queries = call.queryCounts?.[b] ?? call.queries;
    // The first query that sees more than the positions that are always kept.
    const first = Math.max(offsets[b], keepFirst);
    const isPast = first >= offsets[b] + queries;
    if (isPast || Math.max(first - left, keepFirst) >= floors[b] || floors[b] === 0) continue;
    throw rangeError(
      call.fn,
      "query",
      `queries that see no position before ${floors[b]}, where the window of the cache starts`,
      `a first query at position ${offsets[b]} of ${length}, which sees from ${offsets[b] - left} on`,
      "attend after each append: it keeps what its own queries see, and nothing before",
    );
  }
  const recent = masks.window({ left, right: Infinity, align: "bottomRight" });
  const sides = (keepFirst > 0 ? masks.or(masks.prefix(keepFirst), recent) : recent).bind(
    call,
    place,
  );
  call.mask = call.mask ? intersection([call.mask, sides]) : sides;
}
