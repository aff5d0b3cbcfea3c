import { attendRows } from "../attention/attend.js";
import type { Call } from "../attention/call.js";
import type { Results } from "../attention/results.js";
import type { FloatArray } from "../tensor/index.js";
import { matricesOf } from "./matrices.js";
import type { Store } from "./store.js";

/**
 * Computes a call from the stored positions as row-major matrices, one batch entry after the other.
 *
 * @returns the first row that may attend nothing, or −1.
 */
export function attendEntries<A extends FloatArray>(
  call: Call<A>,
  results: Results<A>,
  operands: Store<A>["operands"],
): number {
  const rows = call.heads * call.queries;
  let firstEmpty = -1;
  for (let b = 0; b < call.batch; b++) {
    const whole = { ...call, ...matricesOf(call, b, operands(call.fn, b)) };
    const empty = attendRows(whole, results, b * rows, (b + 1) * rows);
    if (firstEmpty < 0) firstEmpty = empty;
  }
  return firstEmpty;
}
