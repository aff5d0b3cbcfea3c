import { contiguousStride, sizeOf, type FloatArray, type TensorView } from "../tensor/index.js";
import { Random } from "../testing/random.js";

export type DType = "float32" | "float64";
export type Floats = TensorView<FloatArray>;

function viewOf<A extends FloatArray | Uint8Array>(data: A, shape: readonly number[]) {
  return { data, shape: [...shape], stride: contiguousStride(shape), offset: 0 };
}

/** FNV-1a, 32 bits. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

/** Numbers that show up mistakes: no number at all, beyond the range, at its edges, below the normal ones. */
const oddities = {
  float32: [NaN, Infinity, -Infinity, 3e38, -3.4028234663852886e38, 1e-40, -1.5e-45, -0],
  float64: [NaN, Infinity, -Infinity, 1.7e308, -Number.MAX_VALUE, 1e-310, -5e-324, -0],
};

/**
 * The inputs of one golden problem, from integers, sums and products alone: the same on every engine.
 * The name is the seed, so that a new problem moves no other.
 */
export class Draw {
  readonly dtype: DType;
  readonly #random: Random;

  constructor(name: string, dtype: DType) {
    this.dtype = dtype;
    this.#random = new Random(seedOf(name));
  }

  /** 32 random bits. */
  bits(): number {
    return this.#random.bits();
  }

  /** 0 … count − 1: by the remainder, unlike `Random.integer`, as the published hashes are. */
  below(count: number): number {
    return this.bits() % count;
  }

  array(length: number): FloatArray {
    return this.dtype === "float32" ? new Float32Array(length) : new Float64Array(length);
  }

  /** Given numbers. */
  floats(numbers: readonly number[], shape: readonly number[] = [numbers.length]): Floats {
    const data = this.array(numbers.length);
    numbers.forEach((x, i) => (data[i] = x));
    return viewOf(data, shape);
  }

  /** Close to normal numbers of a given size. */
  normal(shape: readonly number[], size = 1): Floats {
    const data = this.array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) {
      // A factor that fills the mantissa of float64 too.
      data[i] = this.#random.normal() * 1.0471975511965976 * size;
    }
    return viewOf(data, shape);
  }

  /** Halves between −2 and 2: scores that tie. */
  halves(shape: readonly number[]): Floats {
    const data = this.array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = (this.below(9) - 4) / 2;
    return viewOf(data, shape);
  }

  /** Normal numbers, one in `rarity` of them odd: not finite, huge, tiny, or −0. */
  wild(shape: readonly number[], rarity = 30): Floats {
    const view = this.normal(shape);
    for (let i = 0; i < view.data.length; i++) {
      if (this.below(rarity) === 0) view.data[i] = oddities[this.dtype][this.below(8)];
    }
    return view;
  }

  /** 1 in `percent` of a hundred, else 0. */
  booleans(shape: readonly number[], percent: number): TensorView<Uint8Array> {
    const data = new Uint8Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = this.below(100) < percent ? 1 : 0;
    return viewOf(data, shape);
  }

  /** The same elements in other memory: axes exchanged, one reversed, gaps of NaN between them. */
  scattered(view: Floats): Floats {
    const { shape } = view;
    const rank = shape.length;
    const stride = new Array<number>(rank);
    // The last axis outermost, steps of 2 in the first; the middle runs backwards.
    let size = 2;
    for (let axis = 0; axis < rank; axis++) {
      stride[axis] = size;
      size *= Math.max(1, shape[axis]);
    }
    const turned = rank >> 1;
    const offset = 3 + Math.max(0, shape[turned] - 1) * stride[turned];
    stride[turned] = -stride[turned];
    const data = this.array(size + 5).fill(NaN) as FloatArray;
    const walk = (axis: number, from: number, to: number): void => {
      if (axis === rank) data[to] = view.data[from];
      else {
        for (let i = 0; i < shape[axis]; i++) {
          walk(axis + 1, from + i * view.stride[axis], to + i * stride[axis]);
        }
      }
    };
    walk(0, view.offset, offset);
    return { data, shape: [...shape], stride, offset };
  }
}
