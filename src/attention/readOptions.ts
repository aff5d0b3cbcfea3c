import { readPerBatch } from "../masks/index.js";
import {
  describe,
  numberError,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type DType,
} from "../tensor/index.js";

/** The scale in the precision of the call. Default `1/√D`. */
export function readScale(fn: string, scale: unknown, headSize: number, dtype: DType): number {
  if (scale !== undefined) return readNumber(fn, "scale", scale, dtype, -Infinity);
  if (headSize > 0) return inPrecision(1 / Math.sqrt(headSize), dtype);
  throw rangeError(
    fn,
    "options.scale",
    "a scale where the head size D is 0",
    "none (the default is 1/√D)",
    "write scale: 1",
  );
}

/** The softcap in the precision of the call, or undefined: off. */
export function readSoftcap(fn: string, softcap: unknown, dtype: DType): number | undefined {
  return softcap === undefined ? undefined : readNumber(fn, "softcap", softcap, dtype, 0);
}

/** A finite number above `least`, also after rounding to the precision of the call. */
function readNumber(fn: string, name: string, value: unknown, dtype: DType, least: number): number {
  const rounded = typeof value === "number" ? inPrecision(value, dtype) : NaN;
  if (Number.isFinite(rounded) && rounded > least) return rounded;
  const expected = `a finite number${least === 0 ? " above 0" : ""} in ${dtype}`;
  const fix = least === 0 && value === 0 ? "leave it out for no cap" : undefined;
  throw numberError(fn, `options.${name}`, expected, value, fix);
}

function inPrecision(x: number, dtype: DType): number {
  return dtype === "float32" ? Math.fround(x) : x;
}

/** One of a few values; the first is the default. */
export function readChoice<T extends string | boolean>(
  fn: string,
  name: string,
  value: unknown,
  choices: readonly [T, ...T[]],
): T {
  if (value === undefined) return choices[0];
  if ((choices as readonly unknown[]).includes(value)) return value as T;
  throw typeError(
    fn,
    `options.${name}`,
    choices.map((choice) => JSON.stringify(choice)).join(" or "),
    describe(value),
  );
}

/** Lengths of the batch entries, from 0 to `most`. `heads` are those of a call without an axis of the batch. */
export function readCounts(
  fn: string,
  name: string,
  value: unknown,
  batch: number,
  most: number,
  heads = 0,
): Float64Array | undefined {
  if (value === undefined) return undefined;
  const argument = `options.${name}`;
  const fix =
    heads > 1 && (value as ArrayLike<number> | null)?.length === heads
      ? `rank 3 is [H, L, D]; ${heads} batch entries of one head are [${heads}, 1, L, D]`
      : undefined;
  const counts = readPerBatch(value, batch, { fn, argument }, 0, fix);
  const over = counts.find((count) => count > most);
  if (over === undefined) return counts;
  const expected = `at most ${most}, the positions there are`;
  throw rangeError(fn, argument, expected, String(over));
}

/** One logit for each query head. */
export function readSinks(
  fn: string,
  sinks: unknown,
  heads: number,
  dtype: DType,
): number[] | undefined {
  if (sinks === undefined) return undefined;
  const argument = "options.sinks";
  const { data, shape, stride, offset } = readTensor(sinks, fn, argument, dtype);
  if (shape.length === 1 && shape[0] === heads) {
    return Array.from({ length: heads }, (_, h) => data[offset + h * stride[0]]);
  }
  const expected = `one logit for each query head, [${heads}]`;
  throw rangeError(fn, argument, expected, showShape(shape));
}
