import { exactly, mostOf, numberTable, strongest, type Column } from "./numberTable.js";
import type { Mark, Paint } from "./types.js";

interface Rows {
  readonly marks: readonly Mark[];
  readonly bottom: number;
}

/** The strongest numbers of a value, and what is left of them by the weight, on one scale. */
export function valueRows(
  value: ArrayLike<number>,
  contribution: ArrayLike<number>,
  weight: number,
  paint: Paint,
  top: number,
  width: number,
  count: number,
): Rows {
  const most = mostOf(value, contribution);
  const columns: readonly Column[] = [
    { head: "value", values: value, paint: () => "value", most },
    {
      head: `× ${exactly(weight)}`,
      values: contribution,
      paint: () => paint,
      most,
      sign: "→",
    },
  ];
  return numberTable("value", strongest(value, count), columns, top, width);
}

/** The strongest numbers of the output: what this key gives, what all others give, and the sum, on one scale. */
export function outputRows(
  contribution: ArrayLike<number>,
  output: ArrayLike<number>,
  paint: Paint,
  top: number,
  width: number,
  count: number,
): Rows {
  const others = Array.from(output, (x, d) => x - contribution[d]);
  const most = mostOf(contribution, others, output);
  const columns: readonly Column[] = [
    {
      head: "this key",
      values: contribution,
      paint: () => paint,
      most,
    },
    { head: "the others", values: others, paint: () => "soft", most, sign: "+" },
    { head: "output", values: output, paint: () => "ink", most, sign: "=" },
  ];
  return numberTable("output", strongest(output, count), columns, top, width);
}
