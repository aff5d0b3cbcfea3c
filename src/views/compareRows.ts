import type { Attended, WeightsView } from "../explain/index.js";
import { percent } from "./format.js";
import type { Paint } from "./types.js";

/** A key in one of two rows that are compared. */
export interface Side {
  readonly key: number;
  readonly weight: number;
  /** It was left out: `withoutKeys`. */
  readonly gone: boolean;
  readonly blocked: boolean;
}

/** A word that is a key of one view or of both. */
export interface ComparedRow {
  readonly id: string;
  readonly text: string;
  readonly paint: Paint;
  readonly a?: Side;
  readonly b?: Side;
  /** What the second row gives more; undefined where only one has the word. */
  readonly difference?: number;
}

/** The words that both have first, in the order of the first; then those of one. */
export function compareRows(
  a: WeightsView,
  b: WeightsView,
  queryA: number,
  queryB: number,
): ComparedRow[] {
  const [before, after] = [a.row(queryA).keys, b.row(queryB).keys];
  const bySide = (keys: readonly Attended[]) => new Map(keys.map((it) => [it.keyId, it]));
  const [inA, inB] = [bySide(before), bySide(after)];
  // Weights from elsewhere have no reasons: there a key is gone if it alone has lost all that it had.
  const same = a.keys.length === b.keys.length && a.keys.every(({ id }, j) => id === b.keys[j].id);
  const sideOf = (it: Attended, other: Attended | undefined): Side => ({
    key: it.keyIndex,
    weight: it.weight,
    gone:
      it.reason.includes("withoutKeys") ||
      (same && it.blocked === null && it.weight === 0 && (other?.weight ?? 0) > 0),
    blocked: it.blocked === true,
  });
  const rowOf = (id: string): ComparedRow => {
    const [one, other] = [inA.get(id), inB.get(id)];
    // Words of the second only have colours that none of the first has.
    const place = one?.keyIndex ?? a.keys.length + (other?.keyIndex ?? 0);
    return {
      id,
      text: (one ?? other)!.key,
      paint: `word-${place}`,
      ...(one && { a: sideOf(one, other) }),
      ...(other && { b: sideOf(other, one) }),
      ...(one && other && { difference: other.weight - one.weight }),
    };
  };
  const ids = a.keys.map(({ id }) => id);
  return [
    ...ids.filter((id) => inB.has(id)),
    ...ids.filter((id) => !inB.has(id)),
    ...b.keys.map(({ id }) => id).filter((id) => !inA.has(id)),
  ].map(rowOf);
}

/** `+13 points`: percentages are subtracted, not divided. */
export function points(difference: number): string {
  const size = Math.abs(difference) * 100;
  if (Number.isNaN(size)) return "–";
  const shown = size > 0 && size < 0.95 ? size.toFixed(1) : String(Math.round(size));
  const sign = Number(shown) === 0 ? "" : difference > 0 ? "+" : "−";
  return `${sign}${shown}\u00a0${shown === "1" ? "point" : "points"}`;
}

/** What stands beside a bar. */
export function sideText(side: Side | undefined): string {
  if (!side) return "–";
  return side.gone ? "not there" : side.blocked ? "blocked" : percent(side.weight);
}
