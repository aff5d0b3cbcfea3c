import { Random } from "../../src/testing/random.js";
import type { AttentionWork, MatmulWork } from "./types.js";

type Shape = Omit<AttentionWork, "q" | "k" | "v">;

/** Inputs of a problem, the same ones in every run. */
export function attentionWork(shape: Shape): AttentionWork {
  const { heads, queries, keys, size } = shape;
  const random = new Random(3);
  const draw = (length: number) =>
    new Float32Array(heads * length * size).map(() => random.normal());
  return { ...shape, q: draw(queries), k: draw(keys), v: draw(keys) };
}

export function matmulWork(n: number, dtype: "float32" | "float64"): MatmulWork {
  const random = new Random(4);
  const draw = () =>
    (dtype === "float32" ? new Float32Array(n * n) : new Float64Array(n * n)).map(() =>
      random.normal(),
    );
  return { m: n, k: n, n, a: draw(), b: draw() };
}

/** The keys `[from, to)` that query `i` sees. */
export function visibleKeys(
  { keys, causal, left = Infinity }: Pick<Shape, "keys" | "causal" | "left">,
  i: number,
): [from: number, to: number] {
  return causal ? [Math.max(0, i - left), i + 1] : [0, keys];
}

/** Multiplications and additions that the result needs: `4·D` for each visible pair. */
export function attentionFlops(shape: Shape): number {
  let pairs = 0;
  for (let i = 0; i < shape.queries; i++) {
    const [from, to] = visibleKeys(shape, i);
    pairs += to - from;
  }
  return 4 * shape.size * shape.heads * pairs;
}

/** `[L,S]`: 0 where a query sees a key, −Infinity where it does not. Undefined if all are seen. */
export function additiveMask(shape: Shape): Float32Array | undefined {
  if (!shape.causal) return undefined;
  const mask = new Float32Array(shape.queries * shape.keys).fill(-Infinity);
  for (let i = 0; i < shape.queries; i++) {
    const [from, to] = visibleKeys(shape, i);
    mask.fill(0, i * shape.keys + from, i * shape.keys + to);
  }
  return mask;
}

/** `[A,B,D]` as `[B,A,D]`: some peers are sequence first. */
export function exchangeAxes(data: Float32Array, a: number, b: number, size: number): Float32Array {
  const exchanged = new Float32Array(data.length);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      const from = (i * b + j) * size;
      exchanged.set(data.subarray(from, from + size), (j * a + i) * size);
    }
  }
  return exchanged;
}
