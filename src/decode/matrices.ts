import type { Call, Operand } from "../attention/call.js";
import type { FloatArray } from "../tensor/index.js";

/** Row-major matrices that follow each other, `room` rows each. */
export function matrices<A extends FloatArray>(
  data: A,
  heads: number,
  room: number,
  columns: number,
): Operand<A> {
  const starts = Array.from({ length: heads }, (_, head) => head * room * columns);
  return { data, starts, row: columns, column: 1 };
}

/** Keys and values of batch entry `b` as operands of a call, of which only that entry's rows may be computed. */
export function matricesOf<A extends FloatArray>(
  { batch, kvHeads }: Call<A>,
  b: number,
  { key, value }: { key: Operand<A>; value: Operand<A> },
): { key: Operand<A>; value: Operand<A> } {
  const placed = (operand: Operand<A>): Operand<A> => {
    const starts = new Array<number>(batch * kvHeads).fill(0);
    operand.starts.forEach((start, head) => (starts[b * kvHeads + head] = start));
    return { ...operand, starts };
  };
  return { key: placed(key), value: placed(value) };
}
