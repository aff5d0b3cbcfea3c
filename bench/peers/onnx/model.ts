// ONNX models in the JSON form of protobuf. onnx-buf knows the fields and encodes them.
import { load } from "../load.js";

const elementTypes = { float32: 1, int32: 6, bool: 9 } as const;

/** Lengths; a name stands for any length. */
type Shape = readonly (number | string)[];

/** An input or output of a model. */
export function port(name: string, shape: Shape, type: keyof typeof elementTypes = "float32") {
  const dim = shape.map((n) => (typeof n === "number" ? { dimValue: n } : { dimParam: n }));
  return { name, type: { tensorType: { elemType: elementTypes[type], shape: { dim } } } };
}

export type Port = ReturnType<typeof port>;

/** By name; what is undefined is left to the operator. */
interface Attributes {
  ints?: Record<string, number | undefined>;
  floats?: Record<string, number | undefined>;
  lists?: Record<string, readonly number[]>;
}

/** One operator. An empty name leaves an optional input or output out. */
export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  { ints = {}, floats = {}, lists = {} }: Attributes = {},
  domain = "",
) {
  const given = <T>(values: Record<string, T | undefined>) =>
    Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined);
  const attribute = [
    ...given(ints).map(([name, i]) => ({ name, type: "INT", i })),
    ...given(floats).map(([name, f]) => ({ name, type: "FLOAT", f })),
    ...given(lists).map(([name, ints]) => ({ name, type: "INTS", ints })),
  ];
  return { opType, domain, input, output, attribute };
}

export type Node = ReturnType<typeof node>;

/** A model of some operators of an opset; `scalars` are float32 numbers that are part of it. */
export function modelOf(
  opset: number,
  input: readonly Port[],
  output: readonly Port[],
  nodes: readonly Node[],
  scalars: Record<string, number> = {},
) {
  const domains = new Set(nodes.map(({ domain }) => domain).filter((domain) => domain !== ""));
  const initializer = Object.entries(scalars).map(([name, value]) => ({
    ...{ name, dataType: elementTypes.float32, floatData: [value] },
  }));
  return {
    // The version of the format that came with opset 23.
    irVersion: 11,
    opsetImport: [{ version: opset }, ...[...domains].map((domain) => ({ domain, version: 1 }))],
    graph: { name: "graph", input, output, node: nodes, initializer },
  };
}

export type Model = ReturnType<typeof modelOf>;

interface Protobuf {
  fromJson(schema: unknown, json: Model): unknown;
  toBinary(schema: unknown, message: unknown): Uint8Array;
}

/** The bytes of an `.onnx` file. */
export async function encodeModel(model: Model): Promise<Uint8Array> {
  const { fromJson, toBinary } = await load<Protobuf>("@bufbuild/protobuf");
  const { ModelProtoSchema } = await load<{ ModelProtoSchema: unknown }>("onnx-buf");
  return toBinary(ModelProtoSchema, fromJson(ModelProtoSchema, model));
}
