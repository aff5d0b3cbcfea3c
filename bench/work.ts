import type { AttentionOptions, FloatArray, MatmulOptions, Tensor } from "qkv/core";
import { freshTensor } from "../src/tensor/index.js";
import { Random } from "../src/testing/random.js";
import { randomTensor, transposed, type Precision } from "./tensors.js";

/** Attention of one batch entry, with the default scale. */
export interface AttentionShape {
  dtype?: Precision | undefined;
  /** Absent: tensors without an axis of heads. */
  heads?: number | undefined;
  kvHeads?: number | undefined;
  queries: number;
  /** As many as queries, unless told otherwise. */
  keys?: number | undefined;
  size: number;
  /** Every query sees its own key and those before it. */
  causal?: boolean | undefined;
  /** Keys to the left that a query of a causal case sees besides its own. */
  left?: number | undefined;
  /** Random `allow`, three pairs of four. */
  mask?: boolean | undefined;
  softcap?: number | undefined;
  layout?: "BLHD" | undefined;
}

/** Seeded inputs, the same ones in every run. */
export interface AttentionWork {
  shape: AttentionShape & { heads: number; keys: number };
  /** `[H,L,D]`, with the axes of the shape. */
  q: Tensor<FloatArray>;
  /** `[H,S,D]` */
  k: Tensor<FloatArray>;
  /** `[H,S,D]` */
  v: Tensor<FloatArray>;
  /** Undefined where nothing is asked for, as in the common call. */
  options: AttentionOptions | undefined;
}

export function attentionWork(shape: AttentionShape): AttentionWork {
  const { dtype = "float32", heads, kvHeads = heads, queries, keys = queries, size } = shape;
  const { causal, left, softcap, layout } = shape;
  const random = new Random(3);
  const draw = (count: number | undefined, length: number) => {
    const axes = count === undefined ? [length] : [count, length];
    return randomTensor([...(layout ? axes.reverse() : axes), size], dtype, random);
  };
  const options: AttentionOptions = {
    ...(causal ? { causal: true } : {}),
    ...(left === undefined ? {} : { window: { left } }),
    ...(softcap === undefined ? {} : { softcap }),
    ...(layout ? { layout } : {}),
    ...(heads === kvHeads ? {} : { grouped: true }),
    ...(shape.mask ? { allow: maskOf(shape) } : {}),
  };
  return {
    shape: { ...shape, heads: heads ?? 1, keys },
    q: draw(heads, queries),
    k: draw(kvHeads, keys),
    v: draw(kvHeads, keys),
    options: Object.keys(options).length > 0 ? options : undefined,
  };
}

/** `[L,S]` */
function maskOf({ queries, keys = queries }: AttentionShape): Tensor<Uint8Array> {
  const random = new Random(4);
  const data = new Uint8Array(queries * keys).map(() => (random.chance(0.75) ? 1 : 0));
  return freshTensor(data, [queries, keys]);
}

/** The keys `[from, to)` that query `i` sees, but for a mask. */
export function visibleKeys(
  { queries, keys = queries, causal, left = Infinity }: AttentionShape,
  i: number,
): [from: number, to: number] {
  return causal ? [Math.max(0, i - left), i + 1] : [0, keys];
}

/** Multiplications and additions that the result needs: `4·D` for each visible pair. */
export function attentionFlops(shape: AttentionShape): number {
  const { heads = 1, queries, size } = shape;
  let pairs = 0;
  if (shape.mask) pairs = maskOf(shape).data.reduce((sum, visible) => sum + visible, 0);
  else {
    for (let i = 0; i < queries; i++) {
      const [from, to] = visibleKeys(shape, i);
      pairs += to - from;
    }
  }
  return 4 * size * heads * pairs;
}

/** `[L,S]`: 0 where a query sees a key, −Infinity where it does not. Undefined if all are seen. */
export function additiveMask(shape: AttentionShape): Tensor<Float32Array> | undefined {
  const { queries, keys = queries } = shape;
  if (!shape.causal) return undefined;
  const data = new Float32Array(queries * keys).fill(-Infinity);
  for (let i = 0; i < queries; i++) {
    const [from, to] = visibleKeys(shape, i);
    data.fill(0, i * keys + from, i * keys + to);
  }
  return freshTensor(data, [queries, keys]);
}

/** A product of an M×K and a K×N matrix. */
export interface MatmulShape {
  dtype: Precision;
  m: number;
  k: number;
  n: number;
  /** Operands whose memory is that of the transposed matrix. */
  transpose?: "a" | "b" | "ab";
  /** Through the options `transposeA`, `transposeB`, not as views. */
  byOption?: boolean;
}

export interface MatmulWork {
  shape: MatmulShape;
  /** `[M,K]` */
  a: Tensor<FloatArray>;
  /** `[K,N]` */
  b: Tensor<FloatArray>;
  /** What `matmul` is given. */
  given: [a: Tensor<FloatArray>, b: Tensor<FloatArray>, options?: MatmulOptions];
}

export function matmulWork(shape: MatmulShape): MatmulWork {
  const { dtype, m, k, n, transpose = "", byOption = false } = shape;
  const random = new Random(5);
  const [flipA, flipB] = [transpose.includes("a"), transpose.includes("b")];
  const storedA = randomTensor(flipA ? [k, m] : [m, k], dtype, random);
  const storedB = randomTensor(flipB ? [n, k] : [k, n], dtype, random);
  const a = flipA ? transposed(storedA) : storedA;
  const b = flipB ? transposed(storedB) : storedB;
  const options = { transposeA: flipA, transposeB: flipB };
  return { shape, a, b, given: byOption ? [storedA, storedB, options] : [a, b] };
}
