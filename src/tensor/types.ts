/** The two floating-point arrays that qkv computes in. */
export type FloatArray = Float32Array | Float64Array;

/** The name of a floating-point precision. All inputs of one call share it. */
export type DType = "float32" | "float64";

/** The array of a precision; where it is one of two, one of both. */
export type FloatArrayOf<T extends DType> = T extends "float64" ? Float64Array : Float32Array;

/**
 * A strided view of typed data: element `[i, j, …]` is
 * `data[offset + i * stride[0] + j * stride[1] + …]`. Strides and offset count elements; a stride
 * may be negative or 0. An `NdArray` of the `ndarray` package is such a view.
 */
export interface TensorView<A extends FloatArray | Uint8Array = FloatArray | Uint8Array> {
  /** The elements, and whatever lies between them. */
  readonly data: A;
  /** The lengths of the axes. */
  readonly shape: readonly number[];
  /** The step of each axis, in elements. */
  readonly stride: readonly number[];
  /** Where the first element stands. */
  readonly offset: number;
}

/** The plain tensor that `qkv/core` returns: a view that also names its element type. */
export interface Tensor<
  A extends FloatArray | Uint8Array = FloatArray | Uint8Array,
> extends TensorView<A> {
  /** The element type. */
  readonly dtype: DType | "bool";
}

/** A number, or arrays of numbers nested to any depth, all rows of equal length. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** A boolean, or arrays of booleans nested to any depth, all rows of equal length. */
export type NestedBooleans = boolean | readonly NestedBooleans[];

/**
 * Elements in row-major order with their shape, or `dims`, and no strides: a tensor of onnxruntime or
 * transformers.js, an entry of a safetensors file.
 */
export type RowMajor<D> =
  | {
      /** The elements, and nothing else. */
      readonly data: D;
      /** The lengths of the axes. */
      readonly shape: readonly number[];
    }
  | {
      /** The elements, and nothing else. */
      readonly data: D;
      /** The lengths of the axes. */
      readonly dims: readonly number[];
    };

/**
 * Numbers nested in arrays, as `toNested` gives them: a number for rank 0, `number[]` for rank 1 and so on. Of a
 * rank that is not known, or above 5, any of them.
 */
export type NestedArray<Rank extends number = number> = Rank extends 0
  ? number
  : Rank extends 1
    ? number[]
    : Rank extends 2
      ? number[][]
      : Rank extends 3
        ? number[][][]
        : Rank extends 4
          ? number[][][][]
          : Rank extends 5
            ? number[][][][][]
            : number | NestedArray[];

/**
 * What every function accepts as a tensor: nested numbers, any strided view, or a list with its shape. Where only the
 * program knows which precision it is, the type is named: `softmax<FloatArray>(x)`.
 */
export type TensorLike<A extends FloatArray = FloatArray> =
  TensorView<A> | RowMajor<A> | RowMajor<readonly number[]> | NestedNumbers;

/** What every function accepts as a boolean tensor: nested booleans, or zeros and ones with their shape. */
export type BooleanLike =
  TensorView<Uint8Array> | RowMajor<Uint8Array> | RowMajor<readonly boolean[]> | NestedBooleans;
