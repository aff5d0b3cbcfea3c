import {
  checkOptions,
  describe,
  ownOf,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { checkHeads } from "./checkHeads.js";
import { tensorParams, type MultiHeadParams } from "./params.js";
import { expectShape, required, type Tensors } from "./paramShapes.js";
import type { Linear } from "./project.js";
import { readExtraKeys, type ExtraKey } from "./readExtraKeys.js";

const fn = "multiHeadAttention";

const fewerKeyHeads =
  "fewer key and value heads: project, splitHeads, then attention with grouped: true";

/** The parameters of a layer, read and taken apart. */
export interface Layer<A extends FloatArray> {
  heads: number;
  query: Linear<A>;
  key: Linear<A>;
  value: Linear<A>;
  /** Keys and values behind the real ones, in order: the learned one, then that of zeros. */
  extra: ExtraKey<A>[];
  out: Linear<A>;
}

/** As `Hints`. */
export const paramHints = /* @__PURE__ */ (() => ({
  "write `heads`": "num_heads n_heads n_head num_attention_heads",
  [fewerKeyHeads]: "kv_heads num_kv_heads n_kv_heads kv_num_heads num_key_value_heads",
  "write `inProjWeight`": "in_proj in_proj.weight qkv_weight qkv.weight qkv_proj wqkv",
  "write `inProjWeight`, [out, in]: weights of a Conv1D are exchanged": "c_attn c_attn.weight",
  "write `queryWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
    "q_proj q_proj_weight q_proj.weight q_weight query_proj wq",
  "write `keyWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
    "k_proj k_proj_weight k_proj.weight k_weight key_proj wk",
  "write `valueWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
    "v_proj v_proj_weight v_proj.weight v_weight value_proj wv",
  "write `outWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
    "out_proj out_proj_weight out_proj.weight o_proj o_proj.weight c_proj wo",
  "write `outBias`, or read a state of PyTorch with fromTorchMultiheadAttention":
    "out_proj_bias out_proj.bias",
  "write `inProjBias` and `outBias`": "bias use_bias qkv_bias",
  "give the learned key and value: `biasK` and `biasV`": "add_bias_kv",
  "leave it out: it is in the shapes of the weights": "embed_dim head_dim kdim vdim hidden_size",
  "dropout is not offered: inference only": "dropout dropout_p dropout_rate",
}))();

/** The parameters, if they are an object of the known names. */
export function checkParams<A extends FloatArray>(
  params: MultiHeadParams<A>,
): Partial<MultiHeadParams<A>> {
  if ((params as unknown) === undefined) {
    throw typeError(fn, "params", "{ heads, inProjWeight, outWeight, … }", "undefined");
  }
  return checkOptions(fn, params, ["heads", ...tensorParams, "addZeroAttn"], paramHints, "params");
}

/** Reads every parameter and checks how they fit together and to the features of the inputs. */
export function readParams<A extends FloatArray>(
  params: Partial<MultiHeadParams<A>>,
  features: { query: number; key: number; value: number },
  dtype: DType,
): Layer<A> {
  const { heads } = params;
  checkHeads(fn, "params.heads", heads);
  checkFlag("addZeroAttn", params.addZeroAttn);
  const tensors = ownOf<Tensors<A>>({});
  for (const name of tensorParams) {
    if (params[name] !== undefined) {
      tensors[name] = readTensor<A>(params[name], fn, `params.${name}`, dtype);
    }
  }
  const projections = readProjections(tensors, heads, features);
  const { query, key, value } = projections;
  const inner = value.weight.shape[0];
  const outWeight = required(tensors, "outWeight", "the output projection, [out, H·E]");
  // Weights of fewer key and value heads, packed, pass for smaller projections.
  const fix = tensors.inProjWeight && outWeight.shape[1] > inner ? fewerKeyHeads : undefined;
  expectShape("outWeight", outWeight, ["out", inner], "[out, H·E]", { fix });
  const outBias = tensors.outBias;
  if (outBias) expectShape("outBias", outBias, [outWeight.shape[0]], "[out]");
  return {
    heads,
    query,
    key,
    value,
    extra: readExtraKeys(tensors, params.addZeroAttn, key.weight.shape[0], inner),
    out: { weight: outWeight, bias: outBias },
  };
}

function readProjections<A extends FloatArray>(
  tensors: Tensors<A>,
  heads: number,
  features: { query: number; key: number; value: number },
): { query: Linear<A>; key: Linear<A>; value: Linear<A> } {
  const [query, key, value] = readWeights(tensors, features);
  const [rows, valueRows] = [query.shape[0], value.shape[0]];
  const fix = key.shape[0] < rows && rows % key.shape[0] === 0 ? fewerKeyHeads : undefined;
  expectShape("keyWeight", key, [rows, features.key], "[H·D, features of key]", { fix });
  for (const [name, count] of [
    [tensors.inProjWeight ? "inProjWeight" : "queryWeight", rows],
    ["valueWeight", valueRows],
  ] as const) {
    if (count % heads === 0) continue;
    throw rangeError(
      fn,
      "params.heads",
      `a divisor of the ${count} rows that each projection of params.${name} has`,
      String(heads),
    );
  }
  const [queryBias, keyBias, valueBias] = readBiases(tensors, rows, valueRows);
  return {
    query: { weight: query, bias: queryBias },
    key: { weight: key, bias: keyBias },
    value: { weight: value, bias: valueBias },
  };
}

function readWeights<A extends FloatArray>(
  tensors: Tensors<A>,
  features: { query: number; key: number; value: number },
): Tensor<A>[] {
  const { inProjWeight, queryWeight, keyWeight, valueWeight } = tensors;
  const separate = queryWeight ?? keyWeight ?? valueWeight;
  if ((inProjWeight === undefined) === (separate === undefined)) {
    throw typeError(
      fn,
      "params",
      "either inProjWeight, or queryWeight, keyWeight and valueWeight",
      separate === undefined ? "none of them" : "both",
    );
  }
  if (inProjWeight === undefined) {
    const query = required(tensors, "queryWeight", "the query projection, [H·D, features]");
    const key = required(tensors, "keyWeight", "the key projection, [H·D, features]");
    const value = required(tensors, "valueWeight", "the value projection, [H·E, features]");
    expectShape("queryWeight", query, ["H·D", features.query], "[H·D, features of query]");
    expectShape("valueWeight", value, ["H·E", features.value], "[H·E, features of value]");
    return [query, key, value];
  }
  const { query, key, value } = features;
  if (query !== key || query !== value) {
    throw rangeError(
      fn,
      "params.inProjWeight",
      "query, key and value of the same number of features",
      `${query}, ${key} and ${value} features`,
      "give queryWeight, keyWeight and valueWeight",
    );
  }
  const third = Math.floor((inProjWeight.shape[0] ?? 0) / 3);
  if (inProjWeight.shape.length !== 2 || inProjWeight.shape[0] !== 3 * third) {
    throw rangeError(
      fn,
      "params.inProjWeight",
      `[3·H·D, ${query}], rows for the query, then the key, then the value`,
      showShape(inProjWeight.shape),
      inProjWeight.shape[0] === query && inProjWeight.shape[1] % 3 === 0
        ? "weights are [out, in]: exchange the axes"
        : inProjWeight.shape[1] === query && inProjWeight.shape[0] < 3 * query
          ? fewerKeyHeads
          : undefined,
    );
  }
  expectShape("inProjWeight", inProjWeight, [3 * third, query], "[3·H·D, model]");
  return [0, 1, 2].map((i) => rowsOf(inProjWeight, i * third, third));
}

function readBiases<A extends FloatArray>(
  tensors: Tensors<A>,
  rows: number,
  valueRows: number,
): (Tensor<A> | undefined)[] {
  const { inProjBias, queryBias, keyBias, valueBias } = tensors;
  if (inProjBias !== undefined) {
    if (queryBias ?? keyBias ?? valueBias) {
      throw typeError(
        fn,
        "params",
        "either inProjBias, or queryBias, keyBias and valueBias",
        "both",
      );
    }
    expectShape("inProjBias", inProjBias, [2 * rows + valueRows], "[H·D + H·D + H·E]");
    return [
      rowsOf(inProjBias, 0, rows),
      rowsOf(inProjBias, rows, rows),
      rowsOf(inProjBias, 2 * rows, valueRows),
    ];
  }
  if (queryBias) expectShape("queryBias", queryBias, [rows], "[H·D]");
  if (keyBias) expectShape("keyBias", keyBias, [rows], "[H·D]");
  if (valueBias) expectShape("valueBias", valueBias, [valueRows], "[H·E]");
  return [queryBias, keyBias, valueBias];
}

function rowsOf<A extends FloatArray>(x: Tensor<A>, first: number, count: number): Tensor<A> {
  return { ...x, shape: [count, ...x.shape.slice(1)], offset: x.offset + first * x.stride[0] };
}

function checkFlag(name: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw typeError(fn, `params.${name}`, "true or false", describe(value));
}
