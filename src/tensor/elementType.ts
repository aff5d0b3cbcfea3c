import { tagOf } from "./errors.js";
import type { DType } from "./types.js";

const dtypes: Record<string, DType | "bool"> = {
  Float32Array: "float32",
  Float64Array: "float64",
  Uint8Array: "bool",
};

/** The element type of a list; undefined for any other value, and for what has to be converted. */
export function elementType(data: unknown): DType | "bool" | undefined {
  // The name works across realms, but takes 150 ns to make.
  if (!ArrayBuffer.isView(data)) {
    return Array.isArray(data) && typeof data[0] === "boolean" ? "bool" : undefined;
  }
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  return dtypes[tagOf(data)];
}

/** True for an array, typed or not. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/**
 * How an array that has to be converted becomes a tensor, as code: by itself, or `inside` a call of `tensor` that
 * gives it a shape.
 */
export function conversionFix(data: unknown, inside = true): string | undefined {
  const code = conversionOf(data);
  if (code === undefined) return undefined;
  const more =
    tagOf(data) === "Uint16Array"
      ? "; fromBfloat16 for bfloat16, Float32Array.from for integers"
      : "";
  return (inside ? `tensor(${code}, { shape: [...] })` : code) + more;
}

function conversionOf(data: unknown): string | undefined {
  const tag = tagOf(data);
  // A Uint16Array most often holds the bits of other numbers.
  if (tag === "Uint16Array" || tag === "Float16Array") return "fromFloat16(data)";
  if (/^Big/.test(tag)) return "Float32Array.from(data, Number)";
  if (/Buffer$/.test(tag)) return "new Float32Array(data)";
  return isList(data) ? "Float32Array.from(data)" : undefined;
}
