import { checkArguments, describe, rangeError, typeError } from "../tensor/index.js";
import { directions, dot } from "./directions.js";

/** A plane through the origin, and the points as seen in it. */
export interface PrincipalPlane {
  /** `[D]` each: unit vectors at a right angle, the direction that keeps most first. Their largest component is positive. */
  readonly axes: readonly [Float64Array, Float64Array];
  /** The coordinates of each point: its dot products with the axes. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The share of the sum of squares that lies in the plane, from 0 to 1. 1 if all points are 0. */
  readonly kept: number;
}

/**
 * The plane through the origin that keeps most of the squares of some points: their first two principal components,
 * not centred. Of all planes it is the one in which the dot products of points, together, are nearest to the true
 * ones. Points are queries and keys, say, for a map in which scores are lengths along a query.
 *
 * Computed in float64 by one-sided Jacobi rotations, the same bits everywhere: O(n·D·min(n, D)) for each of a few sweeps.
 * Where two directions keep equally much, any of the planes is as good, and this is one.
 *
 * @param points - at least one, of one length `D` of at least 1; finite.
 * @returns axes, coordinates, and the share that is kept. In one dimension the second axis is 0.
 * @throws TypeError for anything but an array of arrays; RangeError for no points, different lengths, or numbers that
 *   are not finite.
 *
 * @example
 * ```ts
 * import { principalPlane } from "qkv/explain";
 *
 * const { points, kept } = principalPlane([[3, 0, 0], [0, 0, 2], [0, 1, 0]]);
 * console.log(points, kept.toFixed(3));
 * // → [ [ 3, 0 ], [ 0, 2 ], [ 0, 0 ] ] 0.929
 * ```
 */
export function principalPlane(points: readonly ArrayLike<number>[]): PrincipalPlane {
  checkArguments("principalPlane", arguments.length, ["points"]);
  const { rows, size, largest } = readPoints(points);
  const [first, second] = directions(rows, size);
  const axes = [first, second] as const;
  let [all, within] = [0, 0];
  const seen = rows.map((row) => {
    const [x, y] = [dot(row, first), dot(row, second)];
    all += dot(row, row);
    within += x * x + y * y;
    return [x * largest + 0, y * largest + 0] as const;
  });
  return { axes, points: seen, kept: all > 0 ? Math.min(1, within / all) : 1 };
}

/** The points over their largest number, so that no square leaves the range of float64. */
function readPoints(points: unknown): { rows: Float64Array[]; size: number; largest: number } {
  const [fn, expected] = ["principalPlane", "an array of points, each an array of numbers"];
  if (!Array.isArray(points)) throw typeError(fn, "points", expected, describe(points));
  if (points.length === 0) throw rangeError(fn, "points", "at least one point", "none");
  const size = (points[0] as ArrayLike<number> | null)?.length ?? 0;
  let largest = 0;
  const rows = points.map((point: ArrayLike<number>, n) => {
    if (typeof point !== "object" || typeof point?.length !== "number")
      throw typeError(fn, `points[${n}]`, "an array of numbers", describe(point));
    if (point.length !== size || size === 0) {
      const length =
        size === 0 ? "a length of at least 1" : `a length of ${size}, as points[0] has`;
      throw rangeError(fn, `points[${n}]`, length, String(point.length));
    }
    return Float64Array.from(point, (x, at) => {
      if (!Number.isFinite(x)) {
        const fix = "leave out points that have no place";
        const error = typeof x === "number" ? rangeError : typeError;
        throw error(fn, `points[${n}][${at}]`, "a finite number", describe(x), fix);
      }
      largest = Math.max(largest, Math.abs(x));
      return x;
    });
  });
  if (largest > 0) for (const row of rows) for (let at = 0; at < size; at++) row[at] /= largest;
  return { rows, size, largest };
}
