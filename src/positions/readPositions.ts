import {
  copyContiguous,
  rangeError,
  readNumbers,
  showShape,
  type FloatArray,
  type RowMajor,
  type TensorLike,
  type TensorView,
} from "../tensor/index.js";

/** Integers of any width. */
export type IntegerArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A strided view of integers, such as an `NdArray` of them. */
export interface IntegerView extends Omit<TensorView, "data"> {
  /** The elements, and whatever lies between them. */
  readonly data: IntegerArray;
}

/** Positions of tokens: the first one, or all of them as numbers or integers, alone or with a shape. */
export type Positions =
  TensorLike | FloatArray | IntegerArray | IntegerView | RowMajor<IntegerArray>;

/** The axes of x that positions have to fit to. */
export interface TokenAxes {
  /** The shape of x, for messages. */
  shape: readonly number[];
  batch: readonly number[];
  length: number;
}

/**
 * The position of each token: `length` numbers, or that many for each batch entry. With `rows` they
 * are the numbers of table rows, integers below it.
 */
export function readPositions(
  positions: unknown,
  { shape, batch, length }: TokenAxes,
  rows?: number,
): Float64Array {
  // An array by itself has one axis.
  const whole = ArrayBuffer.isView(positions)
    ? { data: positions, shape: [(positions as Uint8Array).length] }
    : positions;
  const given = readNumbers(whole, "rotary", "angles.positions");
  const full = [...batch, length];
  let numbers: Float64Array;
  if (given.shape.length === 0) {
    const first = given.data[given.offset];
    numbers = Float64Array.from({ length }, (_, i) => first + i);
  } else if (given.shape.length === 1 && given.shape[0] === length) {
    numbers = Float64Array.from(copyContiguous(given).data);
  } else if (
    given.shape.length === full.length &&
    given.shape.every((n, axis) => n === full[axis] || (n === 1 && axis < batch.length))
  ) {
    const stride = given.stride.map((step, axis) => (given.shape[axis] === 1 ? 0 : step));
    numbers = Float64Array.from(copyContiguous({ ...given, shape: full, stride }).data);
  } else {
    const batched = batch.length > 0 ? ` or ${showShape(full)}` : "";
    throw rangeError(
      "rotary",
      "angles.positions",
      `a number, or the shape ${showShape([length])}${batched}`,
      `${showShape(given.shape)} for x ${showShape(shape)}`,
    );
  }
  const wrong = numbers.find((position) =>
    rows === undefined
      ? !Number.isFinite(position)
      : !(Number.isInteger(position) && position >= 0 && position < rows),
  );
  if (wrong === undefined) return numbers;
  throw rangeError(
    "rotary",
    "angles.positions",
    rows === undefined ? "finite numbers" : `row numbers of cos and sin, integers below ${rows}`,
    String(wrong),
  );
}
