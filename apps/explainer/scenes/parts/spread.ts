import type { SceneContext } from "../types.js";
import { vectorOf } from "../../vectorOf.js";
import { rawOf, type Asked } from "./attention.js";

/** Vectors of any length: the model's first numbers, or beyond what it has random ones of the same size. */
export interface Spread {
  /** q·k of the piece that asks with every piece, in vectors of d numbers. */
  readonly scores: readonly number[];
  /** Whether the vectors are random. */
  readonly random: boolean;
  /** For 1, 2, 4, … 512 numbers: the typical size of q·k, the root of its mean square over all pairs. */
  readonly sizes: readonly number[];
  /** The same for one number. Independent numbers would have this times √d. */
  readonly one: number;
  /** How many numbers the model's vectors have. */
  readonly own: number;
}

/** 2⁰ … 2⁹ */
export const lengths: readonly number[] = Array.from({ length: 10 }, (_, n) => 2 ** n);

/** At most so many pieces are paired. */
const most = 48;

export function spreadOf(context: SceneContext, asked: Asked, d: number): Spread {
  const { query, key } = context.reading.encoded.layers[asked.layer];
  const pieces = context.reading.encoded.pieces.map((_, i) => i);
  const own = query.shape[2];
  const some = pieces.slice(0, most);
  const qs = some.map((i) => vectorOf(query, asked.head, i));
  const ks = some.map((i) => vectorOf(key, asked.head, i));
  const one = rootMeanSquare(qs.flat()) * rootMeanSquare(ks.flat());
  const random = drawn(12, 512, Math.sqrt(one));
  const sizes = lengths.map((size) =>
    size <= own ? typical(qs, ks, size) : typical(random.queries, random.keys, size),
  );
  const mine = vectorOf(query, asked.head, asked.piece);
  const more = drawn(pieces.length, d, Math.sqrt(one));
  const scores =
    d === own
      ? rawOf(context, asked)
      : pieces.map((j) =>
          d < own
            ? dot(mine, vectorOf(key, asked.head, j), d)
            : dot(more.queries[asked.piece], more.keys[j], d),
        );
  return { scores, random: d > own, sizes, one, own };
}

const rootMeanSquare = (numbers: readonly number[]): number =>
  Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);

/** The product of the first numbers of two vectors. */
function dot(a: readonly number[], b: readonly number[], size: number): number {
  let sum = 0;
  for (let e = 0; e < size; e++) sum += a[e] * b[e];
  return sum;
}

/** Over all parts of d numbers: the first ones alone would be few. */
function typical(qs: readonly number[][], ks: readonly number[][], d: number): number {
  const parts = Array.from({ length: Math.max(1, Math.floor(qs[0].length / d)) }, (_, n) => n * d);
  const cut = (vectors: readonly number[][], at: number): number[][] => vectors.map((v) => v.slice(at, at + d)); // prettier-ignore
  const squares = parts.map((at) => {
    const others = cut(ks, at);
    return rootMeanSquare(cut(qs, at).flatMap((q) => others.map((k) => dot(q, k, d)))) ** 2;
  });
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
}

/** Random vectors, the same every time. */
function drawn(count: number, d: number, size: number): { queries: number[][]; keys: number[][] } {
  const next = seeded(1);
  const vector = (): number[] => Array.from({ length: d }, () => next() * size);
  return {
    queries: Array.from({ length: count }, vector),
    keys: Array.from({ length: count }, vector),
  };
}

/** Nearly normal numbers of mean 0 and variance 1: twelve uniform ones (mulberry32), added. */
export function seeded(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => {
    let sum = -6;
    for (let n = 0; n < 12; n++) sum += uniform();
    return sum;
  };
}
