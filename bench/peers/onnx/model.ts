// ONNX models, encoded byte by byte: field numbers are those of onnx.proto3.
import { float, integer, message, text, type Bytes } from "./protobuf.js";

/** An input or output of a model. */
export interface Port {
  name: string;
  /** Lengths; a name stands for any length. */
  shape: readonly (number | string)[];
  /** Default float32. */
  type?: keyof typeof elementType;
}

export interface Node {
  operator: string;
  inputs: readonly string[];
  /** An empty name leaves an optional output out. */
  outputs: readonly string[];
  /** Integers and lists of integers are `INT` and `INTS`, `{ float }` is `FLOAT`. */
  attributes?: Record<string, number | readonly number[] | { float: number }>;
  /** Absent: the operators of ONNX itself. */
  domain?: string;
}

export interface Model {
  opset: number;
  /** Version of the format; each opset asks for one at least. */
  format: number;
  inputs: readonly Port[];
  outputs: readonly Port[];
  nodes: readonly Node[];
  /** Scalars that are part of the model. */
  scalars?: Record<string, number>;
}

const elementType = { float32: 1, int32: 6, bool: 9 } as const;
const attributeType = { float: 1, int: 2, ints: 7 } as const;

/** The bytes of an `.onnx` file. */
export function encodeModel({
  opset,
  format,
  inputs,
  outputs,
  nodes,
  scalars = {},
}: Model): Uint8Array {
  const domains = [...new Set(nodes.flatMap(({ domain }) => domain ?? []))];
  const graph = [
    ...nodes.map((node) => message(1, encodeNode(node))),
    text(2, "graph"),
    ...Object.entries(scalars).map(([name, value]) => message(5, encodeScalar(name, value))),
    ...inputs.map((port) => message(11, encodePort(port))),
    ...outputs.map((port) => message(12, encodePort(port))),
  ];
  return Uint8Array.from([
    ...integer(1, format),
    ...message(7, ...graph),
    ...message(8, integer(2, opset)),
    ...domains.flatMap((domain) => message(8, text(1, domain), integer(2, 1))),
  ]);
}

function encodeNode({ operator, inputs, outputs, attributes = {}, domain }: Node): Bytes {
  return [
    ...inputs.flatMap((name) => text(1, name)),
    ...outputs.flatMap((name) => text(2, name)),
    ...text(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) =>
      message(5, text(1, name), encodeValue(value)),
    ),
    ...(domain === undefined ? [] : text(7, domain)),
  ];
}

function encodeValue(value: number | readonly number[] | { float: number }): Bytes {
  if (typeof value === "number") return [...integer(3, value), ...integer(20, attributeType.int)];
  if ("float" in value) return [...float(2, value.float), ...integer(20, attributeType.float)];
  return [...value.flatMap((n) => integer(8, n)), ...integer(20, attributeType.ints)];
}

function encodeScalar(name: string, value: number): Bytes {
  return [...integer(2, elementType.float32), ...float(4, value), ...text(8, name)];
}

function encodePort({ name, shape, type = "float32" }: Port): Bytes {
  const dimensions = shape.map((n) =>
    message(1, typeof n === "number" ? integer(1, n) : text(2, n)),
  );
  const tensor = message(1, integer(1, elementType[type]), message(2, ...dimensions));
  return [...text(1, name), ...message(2, tensor)];
}
