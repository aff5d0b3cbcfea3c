import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { principalPlane } from "qkv/explain";

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, n) => sum + x * b[n], 0);

/** The two largest eigenvalues of `XᵀX`, by rotations that make it a diagonal. */
function eigenvalues(points: readonly number[][]): [number, number] {
  const size = points[0].length;
  const matrix = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => points.reduce((sum, x) => sum + x[i] * x[j], 0)),
  );
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const angle = Math.atan2(2 * matrix[p][q], matrix[q][q] - matrix[p][p]) / 2;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        for (const row of matrix) {
          [row[p], row[q]] = [cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]];
        }
        const [above, below] = [[...matrix[p]], [...matrix[q]]];
        matrix[p] = above.map((x, n) => cos * x - sin * below[n]);
        matrix[q] = above.map((x, n) => sin * x + cos * below[n]);
      }
    }
  }
  const [first, second] = matrix.map((row, n) => row[n]).sort((a, b) => b - a);
  return [first, second];
}

const number = fc.double({ min: -10, max: 10, noNaN: true });
const cloud = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 7 }))
  .chain(([n, size]) =>
    fc.array(fc.array(number, { minLength: size, maxLength: size }), {
      minLength: n,
      maxLength: n,
    }),
  );
const squares = (points: readonly (readonly number[])[]): number =>
  points.reduce((sum, point) => sum + dot(point, point), 0);

function checkAxes([first, second]: readonly [Float64Array, Float64Array]): void {
  expect(dot(first, first)).toBeCloseTo(1, 13);
  expect(dot(second, second)).toBeCloseTo(1, 13);
  expect(dot(first, second)).toBeCloseTo(0, 13);
}

describe("principalPlane", () => {
  it("points of a plane keep all of their squares, lengths and dot products", () => {
    const [a, b] = [[1, 2, 2, 0], [2, -1, 0, 2]]; // prettier-ignore
    const points = [[1, 0], [2, 1], [-1, 3], [0.5, 0.25]].map(([s, t]) =>
      a.map((x, n) => s * x + t * b[n]),
    ); // prettier-ignore
    const plane = principalPlane(points);
    expect(plane.kept).toBeCloseTo(1, 14);
    for (const i of points.keys()) {
      for (const j of points.keys())
        expect(dot(plane.points[i], plane.points[j])).toBeCloseTo(dot(points[i], points[j]), 12);
    }
  });

  it("directions that keep most come first, and show their largest component upwards", () => {
    const { axes, points } = principalPlane([[0, -3, 0], [-5, 0, 0], [0, 0, 1]]); // prettier-ignore
    expect(axes.map((axis) => [...axis])).toEqual([[1, 0, 0], [0, 1, 0]]); // prettier-ignore
    expect(points).toEqual([[0, -3], [-5, 0], [0, 0]]); // prettier-ignore
  });

  it("axes are orthonormal, and what is kept is that of the largest eigenvalues", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const { axes, points: seen, kept } = principalPlane(points);
        checkAxes(axes);
        const all = squares(points);
        if (all < 1e-200) return;
        expect(squares(seen) / all).toBeCloseTo(kept, 12);
        const [first, second] = eigenvalues(points);
        expect(kept).toBeCloseTo((first + second) / all, 10);
      }),
      { numRuns: 60 },
    );
  });

  it("no other plane keeps more", () => {
    fc.assert(
      fc.property(cloud, fc.array(number, { minLength: 14, maxLength: 14 }), (points, given) => {
        const size = points[0].length;
        const [u, w] = [given.slice(0, size), given.slice(7, 7 + size)];
        const length = Math.hypot(...u);
        const first = u.map((x) => x / length);
        const along = dot(first, w);
        const rest = w.map((x, n) => x - along * first[n]);
        const second = rest.map((x) => x / Math.hypot(...rest));
        if (!(length > 1e-3 && Math.hypot(...rest) > 1e-3 && squares(points) > 1e-3)) return;
        const other = squares(points.map((it) => [dot(it, first), dot(it, second)]));
        expect(principalPlane(points).kept).toBeGreaterThan(other / squares(points) - 1e-9);
      }),
    );
  });

  it("a further point in the plane adds to what is kept, one across it takes from it", () => {
    const points = [[4, 0, 0], [0, 3, 0], [0, 0, 1]]; // prettier-ignore
    const { kept } = principalPlane(points);
    expect(principalPlane([...points, [1, 1, 0]]).kept).toBeGreaterThan(kept);
    let before = kept;
    for (let n = 1; n < 6; n++) {
      const across = Array.from({ length: n }, () => [0, 0, 1]);
      const next = principalPlane([...points, ...across]).kept;
      expect(next).toBeLessThan(before);
      before = next;
    }
  });

  it("one point, points on a line, zeros, and one dimension", () => {
    for (const points of [[[3, 4, 0]], [[1, 1, 1], [-2, -2, -2]], [[1, 2, 3, 4], [1, 2, 3, 4]]]) {
      const { axes, points: seen, kept } = principalPlane(points);
      checkAxes(axes);
      expect(kept).toBeCloseTo(1, 14);
      for (const [, y] of seen) expect(y).toBeCloseTo(0, 13);
    } // prettier-ignore
    const nothing = principalPlane([[0, 0], [0, 0], [0, 0]]); // prettier-ignore
    checkAxes(nothing.axes);
    expect(nothing).toMatchObject({ kept: 1, points: [[0, 0], [0, 0], [0, 0]] }); // prettier-ignore
    expect(principalPlane([[2], [-1]])).toMatchObject({ kept: 1, points: [[2, 0], [-1, 0]] }); // prettier-ignore
  });

  it("sizes at the ends of float64 are as good as others", () => {
    for (const size of [1e-300, 1e300]) {
      const { kept, points } = principalPlane([[3 * size, 0, 0], [0, 0, 2 * size], [0, size, 0]]); // prettier-ignore
      expect(kept).toBeCloseTo(13 / 14, 14);
      expect(points[0][0] / size).toBeCloseTo(3, 12);
    }
  });

  it("rows and columns rotate to the same plane", () => {
    const points = [[4, 1, 0], [1, 3, 1], [0, 1, 2]]; // prettier-ignore
    const few = principalPlane(points);
    const many = principalPlane([...points, [0, 0, 0]]);
    expect(many.kept).toBeCloseTo(few.kept, 13);
    few.axes.forEach((axis, n) =>
      axis.forEach((x, at) => expect(many.axes[n][at]).toBeCloseTo(x, 12)),
    );
  });

  it("takes typed arrays, and leaves them as they are", () => {
    const points = [Float32Array.of(1, 2, 3), Float32Array.of(0, 1, 0)];
    expect(principalPlane(points)).toEqual(principalPlane(points.map((it) => [...it])));
    expect([...points[0]]).toEqual([1, 2, 3]);
  });

  it("says what is wrong", () => {
    const of = (points: unknown) => () => principalPlane(points as number[][]);
    expect(of([[1, NaN]])).toThrow(
      new RangeError(
        "principalPlane(): points[0][1]: expected a finite number; got NaN. Fix: leave out points that have no place.",
      ),
    );
    expect(of([[1], [Infinity]])).toThrow(RangeError);
    expect(of([])).toThrow("principalPlane(): points: expected at least one point; got none.");
    expect(of([[]])).toThrow(RangeError);
    expect(of([[1, 2], [1]])).toThrow(
      /points\[1\]: expected a length of 2, as points\[0\] has; got 1/,
    );
    expect(of([[1, "2"]])).toThrow(TypeError);
    expect(of([1, 2])).toThrow(TypeError);
    expect(of([null])).toThrow(TypeError);
    expect(of("points")).toThrow(TypeError);
  });
});
