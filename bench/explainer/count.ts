import { quantile } from "../statistics.js";
import type { Noted } from "./observe.js";
import type { Frames } from "./report.js";

/** A frame at 60 Hz, and as much as clocks of browsers round. */
const frame = 16.7 + 0.05;

/** Of the times at which frames began, in one motion or several. */
export function framesOf(motions: readonly (readonly number[])[]): Frames {
  const times = motions.flatMap((began) => began.slice(1).map((at, i) => at - began[i]));
  const sorted = times.sort((a, b) => a - b);
  return {
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    longest: quantile(sorted, 1),
    late: sorted.filter((time) => time > frame).length / sorted.length,
  };
}

/**
 * The largest sum of shifts in a session: shifts less than 1 s apart, over at most 5 s. It is what Core Web Vitals
 * call cumulative layout shift (https://web.dev/articles/cls).
 */
export function layoutShift(shifts: Noted["shifts"]): number {
  let [most, sum, first, last] = [0, 0, -Infinity, -Infinity];
  for (const { at, value } of shifts) {
    if (at - last >= 1000 || at - first >= 5000) [sum, first] = [0, at];
    sum += value;
    last = at;
    most = Math.max(most, sum);
  }
  return most;
}

/** How long tasks that begin before `end` keep others waiting: what is beyond 50 ms of each. */
export function blocked(tasks: Noted["tasks"], end: number): number {
  return tasks
    .filter(({ at }) => at < end)
    .reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
}
