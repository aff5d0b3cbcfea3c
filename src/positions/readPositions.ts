import { copyContiguous, rangeError, readTensor, showShape } from "../tensor/index.js";
import type { Tokens } from "./rotaryAngles.js";

/**
 * The position of each token: `length` numbers, or that many for each batch entry. With `rows` they
 * are the numbers of table rows, integers below it.
 */
export function readPositions(
  positions: unknown,
  { shape, batch, length }: Tokens,
  rows?: number,
): Float64Array {
  const given = readTensor(positions, "rotary", "angles.positions", "float64");
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
