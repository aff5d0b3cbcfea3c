import { describe, tagOf, typeError } from "./errors.js";

/** The bits of 16-bit floats. Whatever else is given, the error says how to get them from it. */
export function readBits(fn: string, bits: unknown): Uint16Array {
  if (tagOf(bits) === "Uint16Array") return bits as Uint16Array;
  throw typeError(fn, "bits", "a Uint16Array", describe(bits), fixFor(fn, bits));
}

function fixFor(fn: string, bits: unknown): string | undefined {
  const tag = tagOf(bits);
  if (tag === "Float16Array") return "it holds numbers: fromFloat16(bits)";
  if (tag === "Array") return "Uint16Array.from(bits)";
  if (/^Uint8|^Int8/.test(tag)) return "new Uint16Array(Uint8Array.from(bits).buffer)";
  if (tag === "Int16Array") return "Uint16Array.from(bits)";
  if (/Buffer$/.test(tag)) return "new Uint16Array(bits)";
  const { data } = Object(bits) as { data?: unknown };
  return tagOf(data) === "Uint16Array" ? `${fn}(x.data)` : undefined;
}
