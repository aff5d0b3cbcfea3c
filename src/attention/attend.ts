import {
  allocate,
  copyInto,
  freshTensor,
  mayOverlap,
  rangeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { attendReference } from "./attendReference.js";
import { operandOf, type Call } from "./call.js";
import { attendPortable } from "./portable.js";
import type { Kept, Results } from "./results.js";
import { makeScratch } from "./scratch.js";
import { attendWasm } from "./wasm/index.js";

/**
 * From a checked call to its output. `compute` writes the results and returns the first row that may
 * attend nothing, or −1.
 */
export function attend<A extends FloatArray>(
  call: Call<A>,
  kept: Kept<A> = {},
  compute?: (results: Results<A>) => number,
): Tensor<A> {
  const { out, outputShape, sequenceFirst, reads, emptyRow } = call;
  // Memory that is read while it is written would give wrong numbers, and a call that fails for an empty
  // row leaves `out` as it was: a detour through a copy.
  const detour = out && (emptyRow === "throw" || mayOverlap(out.data.buffer, reads));
  const output = out && !detour ? out : newResult(call, "output", outputShape);
  const results = { output: operandOf(output, sequenceFirst), ...kept };
  const firstEmpty = compute ? compute(results) : attendRows(call, results);
  if (firstEmpty >= 0 && emptyRow === "throw") throw emptyRowError(call, firstEmpty);
  if (!detour) return output;
  copyInto(output, out.data, out);
  return out;
}

/**
 * Computes rows `from … to − 1` of B·H·L, every row by default, with the engine of the call.
 *
 * @returns the first row that may attend nothing, or −1.
 */
export function attendRows<A extends FloatArray>(
  call: Call<A>,
  results: Results<A>,
  from = 0,
  to = call.batch * call.heads * call.queries,
): number {
  if (call.engine === "reference") return attendReference(call, results, from, to);
  // The stages of a trace are kept by the portable kernel.
  if (call.engine === "wasm" && !results.stages) return attendWasm(call, results, from, to);
  return attendPortable(call, results, makeScratch(call), from, to);
}

/** A row-major tensor of zeros in the precision of the call. */
export function newResult<A extends FloatArray>(
  { fn, dtype }: Call<A>,
  argument: string,
  shape: readonly number[],
): Tensor<A> {
  return freshTensor(allocate(fn, argument, shape, dtype) as A, shape);
}

/** What `emptyRow: "throw"` asks for. */
export function emptyRowError({ fn, heads, queries }: Call, row: number): RangeError {
  const [b, h, i] = [
    Math.floor(row / (heads * queries)),
    Math.floor(row / queries) % heads,
    row % queries,
  ];
  return rangeError(
    fn,
    "options.emptyRow",
    `a key for every query, as emptyRow: "throw" asks`,
    `none for query ${i} of head ${h} in batch entry ${b}`,
  );
}
