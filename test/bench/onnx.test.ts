import { describe, expect, test } from "vitest";
import {
  attentionOfParts,
  attentionOperator,
  matmulModel,
  multiHeadOperator,
} from "../../bench/peers/onnx/attention.js";
import { encodeModel, type Model } from "../../bench/peers/onnx/model.js";
import { float, integer, message, text } from "../../bench/peers/onnx/protobuf.js";

test("fields are a tag and a value", () => {
  // The example of the documentation of protobuf: field 1 is 150.
  expect(integer(1, 150)).toEqual([0x08, 0x96, 0x01]);
  expect(text(2, "testing")).toEqual([0x12, 7, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
  expect(message(3, integer(1, 150))).toEqual([0x1a, 3, 0x08, 0x96, 0x01]);
  expect(float(4, 1)).toEqual([0x25, 0, 0, 0x80, 0x3f]);
  // Field numbers above 15 take two bytes.
  expect(integer(20, 1)).toEqual([0xa0, 0x01, 0x01]);
});

test("a model, byte by byte", () => {
  const port = (name: string) => ({ name, shape: [2] });
  const bytes = encodeModel({
    opset: 17,
    format: 8,
    inputs: [port("a")],
    outputs: [port("b")],
    nodes: [{ operator: "Exp", inputs: ["a"], outputs: ["b"] }],
  });
  // A ValueInfoProto: the name, and a tensor of float32 with one dimension of 2.
  const value = (tag: number, name: number) => [
    ...[tag, 15, 0x0a, 1, name],
    ...[0x12, 10, 0x0a, 8, 0x08, 1, 0x12, 4, 0x0a, 2, 0x08, 2],
  ];
  const node = [0x0a, 11, 0x0a, 1, 97, 0x12, 1, 98, 0x22, 3, 0x45, 0x78, 0x70];
  const graph = [...node, 0x12, 5, ...Buffer.from("graph"), ...value(0x5a, 97), ...value(0x62, 98)];
  expect([...bytes]).toEqual([0x08, 8, 0x3a, graph.length, ...graph, 0x42, 2, 0x10, 17]);
});

const shape = { heads: 2, queries: 3, keys: 5, size: 7 };
const models: [string, Model][] = [
  ["dense parts", attentionOfParts({ ...shape, causal: false, mask: false })],
  ["masked parts", attentionOfParts({ ...shape, causal: true, mask: true })],
  ["dense operator", attentionOperator({ ...shape, causal: false, mask: false })],
  ["causal operator", attentionOperator({ ...shape, causal: true, mask: false })],
  ["masked operator", attentionOperator({ ...shape, causal: true, mask: true })],
  ["operator of its own", multiHeadOperator({ ...shape, causal: true })],
  ["product", matmulModel(2, 3, 5)],
];

describe.each(models)("%s", (_, { inputs, outputs, nodes, scalars = {} }) => {
  test("every name is made before it is used, and everything is used", () => {
    const known = new Set([...inputs.map(({ name }) => name), ...Object.keys(scalars)]);
    const used = new Set(outputs.map(({ name }) => name));
    for (const { inputs, outputs } of nodes) {
      for (const name of inputs) {
        expect(known).toContain(name);
        used.add(name);
      }
      for (const name of outputs) known.add(name);
    }
    expect(used).toEqual(known);
  });
});

test("an operator of another domain asks for that domain", () => {
  const bytes = Buffer.from(encodeModel(multiHeadOperator({ ...shape, causal: false })));
  const domain = [...text(1, "com.microsoft"), ...integer(2, 1)];
  expect(bytes.indexOf(Buffer.from(message(8, domain)))).toBeGreaterThan(0);
  expect(bytes.indexOf(Buffer.from(text(7, "com.microsoft")))).toBeGreaterThan(0);
});

test("causal without a mask is told by the attribute, with one it is not", () => {
  const told = models[3][1].nodes[0];
  expect(told.attributes).toEqual({ is_causal: 1 });
  expect(models[4][1].nodes[0].attributes).toEqual({});
});
