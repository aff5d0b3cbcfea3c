import { blockRows } from "../elementary/tileSize.js";
import type { Engine } from "../engine/index.js";

/** What stands where in the shared `control`. */
export const control = { next: 0, stop: 1, size: 2 } as const;

/** How the rows of a job are cut into units that threads take one after the other. */
export interface Schedule {
  /** Rows that belong together: of a head, or of a matrix. A unit ends with one or inside one. */
  readonly span: number;
  /** Blocks of a span, each of `blockRows` rows but the last. */
  readonly perSpan: number;
  /** All blocks. */
  readonly total: number;
  /** Blocks of a unit, at least and at most. */
  readonly least: number;
  readonly most: number;
  /** Workers that have something to do. */
  readonly threads: number;
}

/** Multiply-adds of a unit: fewer are not worth the message, more would make an abort wait. */
const leastWork = 262144; // 2¹⁸, about 0.1 ms in WebAssembly
const mostWork = 268435456; // 2²⁸, about 0.1 s

/** About how many times as long as in WebAssembly a multiply-add takes. */
const slowness: Partial<Record<Engine, number>> = { portable: 8, reference: 32 };

/** Plans `spans` spans of `span` rows, of `multiplyAdds` each, for so many threads. */
export function planSchedule(
  spans: number,
  span: number,
  multiplyAdds: number,
  threads: number,
  engine: Engine = "auto",
): Schedule {
  const perSpan = Math.ceil(span / blockRows);
  const total = spans * perSpan;
  const work = Math.max(1, Math.min(span, blockRows) * multiplyAdds * (slowness[engine] ?? 1));
  const least = Math.max(1, Math.ceil(leastWork / work));
  const most = Math.max(least, Math.floor(mostWork / work));
  const useful = Math.max(1, Math.ceil(total / least));
  return { span, perSpan, total, least, most, threads: Math.min(threads, useful) };
}

/**
 * Takes the next unit: large ones first, so that keys are packed for few of them, smaller ones towards
 * the end, so that all threads finish together also where rows differ in cost, as under a causal mask.
 *
 * @returns rows `from … to − 1` and the number of their blocks; undefined if none is left.
 */
export function takeUnit(
  { span, perSpan, total, least, most, threads }: Schedule,
  shared: Int32Array,
): { from: number; to: number; blocks: number } | undefined {
  const rowOf = (block: number): number =>
    Math.floor(block / perSpan) * span + Math.min(span, (block % perSpan) * blockRows);
  for (;;) {
    const first = Atomics.load(shared, control.next);
    if (first >= total || Atomics.load(shared, control.stop) !== 0) return undefined;
    const share = Math.ceil((total - first) / (2 * threads));
    let end = Math.min(total, first + Math.min(most, Math.max(least, share)));
    // A unit that passes the end of a span ends with one.
    const whole = end - (end % perSpan);
    if (whole > first) end = whole;
    if (Atomics.compareExchange(shared, control.next, first, end) === first) {
      return { from: rowOf(first), to: rowOf(end), blocks: end - first };
    }
  }
}
