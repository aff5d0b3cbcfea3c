import type { WeightsView } from "../explain/index.js";
import { inside, percent, quoted } from "./format.js";

/** One key of a row, and where its segment is in a bar from 0 to 1. */
export interface Part {
  readonly key: number;
  /** Its text. */
  readonly name: string;
  /** The same in a sentence on the query. */
  readonly said: string;
  readonly weight: number;
  readonly from: number;
  readonly to: number;
  readonly blocked: boolean;
  /** Whether it is the query itself. */
  readonly own: boolean;
  /** Of the output; undefined where none is given. */
  readonly share: number | undefined;
  /** `flooded: 39 %, 42 % of the output`. */
  readonly label: string;
}

/** A row as the parts of a blend, in the order of the keys. */
export interface BlendRow {
  readonly query: number;
  readonly name: string;
  readonly parts: readonly Part[];
  /** What goes to no key, to a sink. */
  readonly rest: number;
}

export function blendRow(
  view: WeightsView,
  query: number,
  given: ArrayLike<number> | undefined,
  shares: ArrayLike<number> | undefined,
): BlendRow {
  const row = view.row(query);
  const keys = [...row.keys].sort((a, b) => a.keyIndex - b.keyIndex);
  const weights = Array.from(given ?? row.weights);
  const wide = weights.map((weight) => (weight > 0 ? weight : 0));
  const sum = wide.reduce((a, b) => a + b, 0);
  // Weights that someone set leave nothing.
  const rest = given === undefined && row.rest > 1e-6 ? row.rest : 0;
  const whole = sum + rest;
  let end = 0;
  const parts = keys.map(({ key, keyIndex, blocked, reason }): Part => {
    const from = end;
    const weight = weights[keyIndex];
    end = whole > 0 ? Math.min(1, from + wide[keyIndex] / whole) : 0;
    const share = shares?.[keyIndex];
    const own = view.queries === view.keys && keyIndex === query;
    const of = share === undefined ? "" : `, ${percent(share)} of the output`;
    return {
      key: keyIndex,
      name: key,
      said: own ? "itself" : quoted(key),
      weight,
      from,
      to: end,
      blocked: blocked === true,
      own,
      share,
      label: `${inside(key)}: ${blocked ? `blocked, ${reason}` : percent(weight) + of}`,
    };
  });
  return { query, name: inside(row.query.text), parts, rest: whole > 0 ? rest / whole : 0 };
}
