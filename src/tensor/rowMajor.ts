import { rangeError, showShape, tagOf, typeError } from "./errors.js";
import { sizeOf } from "./shape.js";

/** Without strides nothing may be left over: a view that lost them would read other elements than were meant. */
export function checkRowMajor(
  value: object,
  data: ArrayLike<unknown>,
  shape: readonly number[],
  fn: string,
  argument: string,
): void {
  if ("strides" in value && value.strides !== undefined) {
    const fix = "write stride: in elements, where NumPy counts bytes";
    throw typeError(fn, `${argument}.stride`, "the step of each axis", "`strides`", fix);
  }
  const size = sizeOf(shape);
  if (size === data.length) return;
  throw rangeError(
    fn,
    argument,
    `as many elements as its shape ${showShape(shape)} says, ${size}`,
    `${tagOf(data)} of ${data.length}`,
    bytesFix(data, size) ??
      (Array.isArray(data[0])
        ? "nested numbers are a tensor without a shape: write data alone"
        : "a strided view has its stride and offset too: { data, shape, stride, offset }"),
  );
}

/** How bytes are read, where there are two, four or eight for each number. */
export function bytesFix(data: ArrayLike<unknown>, size: number): string | undefined {
  const each = data.length / size;
  if (tagOf(data) !== "Uint8Array" || ![2, 4, 8].includes(each)) return undefined;
  // A copy, because bytes in a file may begin anywhere, and a Buffer shares its memory with others.
  const bytes = "Uint8Array.from(data).buffer";
  return each === 2
    ? `if it holds the bytes of float16: fromFloat16(new Uint16Array(${bytes})); fromBfloat16 for bfloat16`
    : `if it holds the bytes of float${8 * each}: new Float${8 * each}Array(${bytes})`;
}
