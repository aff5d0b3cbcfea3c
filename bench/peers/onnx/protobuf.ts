// The part of the protobuf wire format that an ONNX model needs: tagged fields, varints, floats.
import { unsigned } from "../../ceiling/encodeWasm.js";

/** A message, or a field of one, as bytes. */
export type Bytes = number[];

const [varint, lengthDelimited, fixed32] = [0, 2, 5];

function tag(field: number, wireType: number): Bytes {
  return unsigned(field * 8 + wireType);
}

/** An integer field that is not negative. */
export function integer(field: number, value: number): Bytes {
  return [...tag(field, varint), ...unsigned(value)];
}

/** A float32 field. */
export function float(field: number, value: number): Bytes {
  return [...tag(field, fixed32), ...new Uint8Array(Float32Array.of(value).buffer)];
}

/** A string field. */
export function text(field: number, value: string): Bytes {
  return message(field, [...new TextEncoder().encode(value)]);
}

/** A field that holds another message, or any bytes. */
export function message(field: number, ...parts: Bytes[]): Bytes {
  const content = parts.flat();
  return [...tag(field, lengthDelimited), ...unsigned(content.length), ...content];
}
