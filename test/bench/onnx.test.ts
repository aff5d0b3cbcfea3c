import { describe, expect, test } from "vitest";
import {
  attentionOfParts,
  attentionOperator,
  matmulModel,
  multiHeadOperator,
} from "../../bench/peers/onnx/attention.js";
import { modelOf, node, port, type Model } from "../../bench/peers/onnx/model.js";

/** The attributes of the first operator, by name. */
const attributesOf = ({ graph }: Model) =>
  Object.fromEntries(graph.node[0].attribute.map(({ name, ...value }) => [name, value]));
const namesOf = (ports: readonly { name: string }[]) => ports.map(({ name }) => name);
const lengthsOf = ({ graph }: Model, name: string) =>
  graph.input
    .find((input) => input.name === name)!
    .type.tensorType.shape.dim.map((n) => ("dimValue" in n ? n.dimValue : n.dimParam));

test("a model says what ONNX needs to know", () => {
  const exp = node("Exp", ["a"], ["b"], { ints: { axis: 3, left: undefined } });
  expect(
    modelOf(17, [port("a", [2, "L"], "bool")], [port("b", [2])], [exp], { half: 0.5 }),
  ).toEqual({
    irVersion: 11,
    opsetImport: [{ version: 17 }],
    graph: {
      name: "graph",
      input: [
        {
          name: "a",
          type: {
            tensorType: { elemType: 9, shape: { dim: [{ dimValue: 2 }, { dimParam: "L" }] } },
          },
        },
      ],
      output: [
        { name: "b", type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 2 }] } } } },
      ],
      node: [
        {
          ...{ opType: "Exp", domain: "", input: ["a"], output: ["b"] },
          attribute: [{ name: "axis", type: "INT", i: 3 }],
        },
      ],
      initializer: [{ name: "half", dataType: 1, floatData: [0.5] }],
    },
  });
});

const sizes = { B: 1, H: 2, Hkv: 2, L: 3, S: 5, D: 7, E: 7 };
const models: [string, Model][] = [
  ["dense parts", attentionOfParts(false, sizes)],
  ["masked parts", attentionOfParts(true, sizes)],
  ["the operator", attentionOperator({}, sizes)],
  ["the operator with all", attentionOperator({ mask: "bool", causal: true, weights: true })],
  ["onnxruntime's own", multiHeadOperator({ heads: 2, causal: true }, sizes)],
  ["onnxruntime's own with all", multiHeadOperator({ heads: 2, mask: ["B"], bias: true })],
  ["product", matmulModel(2, 3, 5)],
];

describe.each(models)("%s", (_, { graph }) => {
  test("every name is made before it is used, and everything is used", () => {
    const known = new Set([...namesOf(graph.input), ...namesOf(graph.initializer)]);
    const used = new Set(namesOf(graph.output));
    for (const { input, output } of graph.node) {
      for (const name of input.filter((name) => name !== "")) {
        expect(known).toContain(name);
        used.add(name);
      }
      for (const name of output.filter((name) => name !== "")) known.add(name);
    }
    expect(used).toEqual(known);
  });
});

test("a model is for the lengths it is given, or for any", () => {
  expect(lengthsOf(attentionOperator({}, sizes), "k")).toEqual([1, 2, 5, 7]);
  expect(lengthsOf(attentionOperator({}), "k")).toEqual(["B", "Hkv", "S", "D"]);
  expect(lengthsOf(attentionOperator({ mask: "bool" }, sizes), "mask").slice(2)).toEqual([3, 5]);
  expect(lengthsOf(multiHeadOperator({ heads: 2 }, sizes), "q")).toEqual([1, 3, 14]);
  expect(lengthsOf(multiHeadOperator({ heads: 2 }), "v")).toEqual(["B", "S", "HE"]);
});

test("the operator has what is asked for, and nothing else", () => {
  const bare = attentionOperator({});
  expect(bare.graph.node[0]).toMatchObject({ input: ["q", "k", "v"], output: ["output"] });
  expect(attributesOf(bare)).toEqual({});
  const request = { mask: "bool", causal: true, scale: 0.5, softcap: 2, weights: true } as const;
  const full = attentionOperator(request);
  expect(full.graph.input[3].type.tensorType.elemType).toBe(9);
  expect(full.graph.node[0]).toMatchObject({
    ...{ input: ["q", "k", "v", "mask"], output: ["output", "", "", "weights"] },
  });
  expect(attributesOf(full)).toEqual({
    is_causal: { type: "INT", i: 1 },
    scale: { type: "FLOAT", f: 0.5 },
    softcap: { type: "FLOAT", f: 2 },
    qk_matmul_output_mode: { type: "INT", i: 3 },
  });
});

test("onnxruntime's own operator leaves places empty, and asks for its domain", () => {
  const bare = multiHeadOperator({ heads: 3 });
  expect(bare.graph.node[0].input).toEqual(["q", "k", "v", "", "", ""]);
  expect(bare.graph.node[0].domain).toBe("com.microsoft");
  expect(bare.opsetImport).toEqual([{ version: 17 }, { domain: "com.microsoft", version: 1 }]);
  expect(attributesOf(bare)).toEqual({ num_heads: { type: "INT", i: 3 } });
  const full = multiHeadOperator({ heads: 2, mask: ["B"], bias: true, causal: true, scale: -0.5 });
  expect(full.graph.node[0].input).toEqual(["q", "k", "v", "", "mask", "bias"]);
  expect(full.graph.input[3].type.tensorType.elemType).toBe(6);
  expect(attributesOf(full)).toEqual({
    num_heads: { type: "INT", i: 2 },
    unidirectional: { type: "INT", i: 1 },
    scale: { type: "FLOAT", f: -0.5 },
  });
});
