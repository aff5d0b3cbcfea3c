import {
  rangeError,
  readTensor,
  sameShape,
  showShape,
  type DType,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";

/** Query, key and value of a layer, and how many features each of them has. */
export interface Inputs<A extends FloatArray> {
  query: Tensor<A>;
  key: Tensor<A>;
  value: Tensor<A>;
  features: { query: number; key: number; value: number };
}

/** Reads the three inputs and checks that their axes agree. */
export function readInputs<A extends FloatArray>(
  queryLike: unknown,
  keyLike: unknown,
  valueLike: unknown,
  dtype: DType,
): Inputs<A> {
  const query = readTensor<A>(queryLike, "multiHeadAttention", "query", dtype);
  const key = readTensor<A>(keyLike, "multiHeadAttention", "key", dtype);
  const value = readTensor<A>(valueLike, "multiHeadAttention", "value", dtype);
  const fail = (argument: string, expected: string): RangeError =>
    rangeError(
      "multiHeadAttention",
      argument,
      expected,
      `query ${showShape(query.shape)}, key ${showShape(key.shape)}, value ${showShape(value.shape)}`,
    );
  if (query.shape.length < 2) throw fail("query", "[..., L, model], rank 2 or more");
  const batch = query.shape.slice(0, -2);
  for (const [name, { shape }] of [
    ["key", key],
    ["value", value],
  ] as const) {
    if (shape.length !== query.shape.length) {
      throw fail(name, `rank ${query.shape.length}, as query has`);
    }
    if (!sameShape(shape.slice(0, -2), batch)) {
      throw fail(name, `the batch axes of query, ${showShape(batch)}`);
    }
  }
  if (value.shape.at(-2) !== key.shape.at(-2)) {
    throw fail("value", `as many positions as key, S = ${key.shape.at(-2)}`);
  }
  const [q, k, v] = [query, key, value].map(({ shape }) => shape.at(-1)!);
  return { query, key, value, features: { query: q, key: k, value: v } };
}
