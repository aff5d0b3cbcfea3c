/** Enough for any matrix: what is off a right angle is squared in each of the last sweeps. */
const sweeps = 60;
/** Of a vector, over the whole, what is no more than rounding. */
const least = 1e-15;

/** The two directions that keep most of the rows' squares. */
export function directions(
  rows: readonly Float64Array[],
  size: number,
): [Float64Array, Float64Array] {
  // Rotations of the rows among each other make the rows the axes, as long as what they keep. With more rows than
  // columns it is less work to rotate the columns; the same rotations of the unit vectors are the axes then.
  const wide = rows.length <= size;
  const unit = (n: number): Float64Array => new Float64Array(size).fill(1, n, n + 1);
  const sides = Array.from({ length: size }, (_, n) => n);
  const vectors = wide
    ? rows.map((row) => row.slice())
    : sides.map((n) => Float64Array.from(rows, (row) => row[n]));
  const carried = wide ? vectors : sides.map(unit);
  rightAngles(vectors, carried);
  const lengths = vectors.map((vector) => dot(vector, vector));
  const order = [...lengths.keys()].sort((a, b) => lengths[b] - lengths[a]);
  const known = order.filter((n) => lengths[n] > least * least * lengths[order[0]]);
  const first = signed(carried[known[0]] ?? unit(0));
  // Points on one line leave the second direction open: the unit vector that is farthest from the line.
  const far = first.reduce((best, x, n) => (Math.abs(x) < Math.abs(first[best]) ? n : best), 0);
  const second = size === 1 ? new Float64Array(1) : (carried[known[1]] ?? unit(far));
  const along = dot(first, second);
  return [first, signed(second.map((x, n) => x - along * first[n]))];
}

/** Rotates pairs of vectors until all stand at right angles (Hestenes 1958), and the carried ones alike. */
function rightAngles(vectors: readonly Float64Array[], carried: readonly Float64Array[]): void {
  const whole = vectors.reduce((sum, vector) => sum + dot(vector, vector), 0);
  // A cosine that is no more than rounding.
  const flat = vectors[0].length * Number.EPSILON;
  let turned = true;
  for (let sweep = 0; turned && sweep < sweeps; sweep++) {
    turned = false;
    for (let p = 0; p < vectors.length; p++) {
      for (let q = p + 1; q < vectors.length; q++) {
        const a = dot(vectors[p], vectors[p]);
        const b = dot(vectors[q], vectors[q]);
        const between = dot(vectors[p], vectors[q]);
        // What is left of a vector that lay in the span of others is rounding: it has no angle.
        if (Math.min(a, b) <= least * least * whole) continue;
        if (Math.abs(between) <= flat * Math.sqrt(a) * Math.sqrt(b)) continue;
        turned = true;
        const ratio = (b - a) / (2 * between);
        const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(vectors[p], vectors[q], cosine, cosine * tangent);
        if (carried !== vectors) rotate(carried[p], carried[q], cosine, cosine * tangent);
      }
    }
  }
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let n = 0; n < a.length; n++) {
    const [x, y] = [a[n], b[n]];
    a[n] = cosine * x - sine * y;
    b[n] = sine * x + cosine * y;
  }
}

/** The unit vector of a direction, of the two the one whose largest component is positive. */
function signed(direction: Float64Array): Float64Array {
  const largest = direction.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  if (largest === 0) return direction;
  const scaled = direction.map((x) => x / largest);
  const length = Math.sqrt(dot(scaled, scaled));
  // Plus 0: a −0 would be shown as one.
  return scaled.map((x) => x / length + 0);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n] * b[n];
  return sum;
}
