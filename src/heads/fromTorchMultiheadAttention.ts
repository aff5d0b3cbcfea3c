import {
  checkArguments,
  checkOptions,
  commonDType,
  describe,
  ownOf,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { checkHeads } from "./checkHeads.js";
import type { MultiHeadParams, TensorParam } from "./params.js";

const fn = "fromTorchMultiheadAttention";

/** The parameters of `torch.nn.MultiheadAttention` under the names of its `state_dict`. */
export type TorchState<A extends FloatArray = FloatArray> =
  ReadonlyMap<string, TensorLike<A>> | Readonly<Record<string, TensorLike<A>>>;

/** Options of {@link fromTorchMultiheadAttention}: what a `state_dict` does not say. */
export interface FromTorchOptions {
  /** `num_heads`. */
  heads: number;
  /** `add_zero_attn`. Default false. */
  addZeroAttn?: boolean | undefined;
  /**
   * What stands before the names of this layer, for instance `"layers.0.self_attn."`. Entries without
   * it are left alone. Default `""`: then every entry belongs to this layer.
   */
  prefix?: string | undefined;
}

const paramOf: Readonly<Record<string, TensorParam>> = {
  in_proj_weight: "inProjWeight",
  q_proj_weight: "queryWeight",
  k_proj_weight: "keyWeight",
  v_proj_weight: "valueWeight",
  in_proj_bias: "inProjBias",
  bias_k: "biasK",
  bias_v: "biasV",
  "out_proj.weight": "outWeight",
  "out_proj.bias": "outBias",
};

/** As `Hints`. */
export const torchHints = {
  "write `heads`": "num_heads nhead n_heads num_attention_heads",
  "leave it out: it is in the shapes of the state": "embed_dim kdim vdim d_model",
  "leave it out: it is in the state": "bias add_bias_kv",
  "inputs are [..., L, model]; pass a sequence-first tensor as a view": "batch_first",
  "dropout is not offered: inference only": "dropout dropout_p",
  "leave it out: the precision is that of the state": "dtype",
  "leave it out: there are no devices": "device",
};

/**
 * Reads the `state_dict` of a `torch.nn.MultiheadAttention` into the parameters of
 * `multiHeadAttention`, which then gives the numbers of its evaluation mode.
 *
 * What else differs from PyTorch:
 *
 * - inputs are `[..., L, model]` (`batch_first=True`); a sequence-first tensor is passed as a view
 *   with its first two axes exchanged;
 * - a boolean `attn_mask` is the option `block` (true = may not attend), a float one is `bias`; of
 *   rank 3, `(N·heads, L, S)`, it is given the shape `[N, heads, L, S]`;
 * - `key_padding_mask` is the option `block` with the shape `[N, 1, 1, S]`; both masks together:
 *   `block: masks.or(attnMask, keyPaddingMask)`;
 * - `need_weights=True` is `weights: "mean"`, with `average_attn_weights=False` `"perHead"`;
 * - a query that may attend nothing gives the output bias and not NaN.
 *
 * @param state - a Map or record of name → tensor.
 * @param options - `heads`, `addZeroAttn`, `prefix`.
 * @returns parameters that share the memory of `state`.
 * @throws TypeError for missing or unexpected entries, mixed precisions or unknown options.
 * @throws RangeError for entries whose shapes do not fit together.
 *
 * @example
 * ```ts
 * import { fromTorchMultiheadAttention, multiHeadAttention, toNested } from "qkv";
 *
 * const identity = [[1, 0], [0, 1]];
 * const params = fromTorchMultiheadAttention(
 *   { in_proj_weight: [...identity, ...identity, ...identity], "out_proj.weight": identity },
 *   { heads: 2 },
 * );
 * const x = [[1, 2], [3, 4]];
 * const { output } = multiHeadAttention(x, x, x, params, { block: [[false, true], [true, false]] });
 * console.log(toNested(output));
 * // → [ [ 1, 2 ], [ 3, 4 ] ]
 * ```
 */
export function fromTorchMultiheadAttention<A extends FloatArray = Float32Array>(
  state: TorchState<A>,
  options: FromTorchOptions,
): MultiHeadParams<A> {
  checkArguments("fromTorchMultiheadAttention", arguments.length, ["state", "options"]);
  const names = ["heads", "addZeroAttn", "prefix"];
  const own = checkOptions(fn, options, names, torchHints);
  const { heads, addZeroAttn = false, prefix = "" } = own;
  checkHeads(fn, "options.heads", heads);
  checkKind("addZeroAttn", addZeroAttn, "boolean", "true or false");
  checkKind("prefix", prefix, "string", 'text such as "layers.0.self_attn."');
  const found = entriesOf(state, prefix);
  checkNames(found, prefix);
  const dtype = commonDType(fn, Object.fromEntries(named(found, prefix)));
  const params = ownOf<Partial<Record<TensorParam, Tensor<A>>>>({});
  for (const [name, value] of found) {
    params[paramOf[name]] = readTensor<A>(value, fn, labelOf(prefix + name), dtype);
  }
  checkShapes(params as Shapes, heads, prefix);
  return { ...params, heads, addZeroAttn } as MultiHeadParams<A>;
}

type Shapes = Partial<Record<TensorParam, { shape: readonly number[] }>>;

function labelOf(name: string): string {
  return `state[${JSON.stringify(name)}]`;
}

function named(found: ReadonlyMap<string, unknown>, prefix: string): [string, unknown][] {
  return [...found].map(([name, value]) => [labelOf(prefix + name), value]);
}

/** The entries of this layer, without their prefix. */
function entriesOf(state: unknown, prefix: string): Map<string, unknown> {
  const isMap = Object.prototype.toString.call(state) === "[object Map]";
  if (typeof state !== "object" || state === null || Array.isArray(state)) {
    throw typeError(fn, "state", "a Map or record of name → tensor", describe(state));
  }
  const entries = isMap ? [...(state as Map<unknown, unknown>)] : Object.entries(state);
  const names = entries.map(([name]) => String(name));
  const found = new Map<string, unknown>();
  for (const [i, name] of names.entries()) {
    if (name.startsWith(prefix)) found.set(name.slice(prefix.length), entries[i][1]);
  }
  const prefixes = names
    .filter((name) => /(^|\.)(in_proj_weight|q_proj_weight)$/.test(name))
    .map((name) => JSON.stringify(name.replace(/(in|q)_proj_weight$/, "")));
  const known = [...found.keys()].some((name) => Object.hasOwn(paramOf, name));
  if (!known && prefixes.length > 0) {
    const shown = prefixes.slice(0, 4).join(", ") + (prefixes.length > 4 ? ", …" : "");
    throw typeError(
      fn,
      "options.prefix",
      "what stands before the names of one layer",
      JSON.stringify(prefix),
      `the state has layers with the prefix ${shown}`,
    );
  }
  return found;
}

// As in Llama, BERT, T5 and vision transformers.
const separateWeights = /(^|\.)((q|k|v|o)(_proj)?|query|key|value|W?qkv)\.(weight|bias)$/;

function checkNames(found: ReadonlyMap<string, unknown>, prefix: string): void {
  for (const name of found.keys()) {
    if (Object.hasOwn(paramOf, name)) continue;
    throw typeError(
      fn,
      labelOf(prefix + name),
      `only ${Object.keys(paramOf).join(", ")}`,
      "an unexpected entry",
      /(^|\.)c_(attn|proj)\.(weight|bias)$/.test(name)
        ? "a Conv1D, [in, out]: matmul(x, weight), splitHeads, attention, mergeHeads, as docs/heads.md shows"
        : separateWeights.test(name)
          ? "a layer of another kind: matmul(x, weight, { transposeB: true }), splitHeads, attention, mergeHeads, as docs/heads.md shows"
          : prefix === ""
            ? "`prefix` picks one layer of a larger state"
            : undefined,
    );
  }
  const separate = ["q_proj_weight", "k_proj_weight", "v_proj_weight"];
  const packed = found.has("in_proj_weight");
  const clash = packed ? separate.find((name) => found.has(name)) : undefined;
  if (clash !== undefined) {
    throw typeError(
      fn,
      labelOf(prefix + clash),
      "either in_proj_weight, or q_proj_weight, k_proj_weight and v_proj_weight",
      "both",
    );
  }
  const someSeparate = separate.some((name) => found.has(name));
  const needed = ["out_proj.weight", ...(someSeparate ? separate : ["in_proj_weight"])];
  // PyTorch has each of these pairs or neither.
  for (const [one, other] of [
    ["in_proj_bias", "out_proj.bias"],
    ["bias_k", "bias_v"],
  ]) {
    if (found.has(one) || found.has(other)) needed.push(one, other);
  }
  for (const name of needed) {
    if (found.has(name)) continue;
    throw typeError(
      fn,
      labelOf(prefix + name),
      "a tensor",
      found.size === 0 ? "no entries" : `only ${[...found.keys()].join(", ")}`,
    );
  }
}

/** Everything follows from the size of the model, which `out_proj.weight` has on both axes. */
function checkShapes(params: Shapes, heads: number, prefix: string): void {
  const out = params.outWeight!.shape;
  const model = out[0] ?? 0;
  const expected: Partial<Record<string, (number | string)[]>> = {
    "out_proj.weight": out.length === 2 ? [model, model] : ["model", "model"],
    in_proj_weight: [3 * model, model],
    q_proj_weight: [model, model],
    k_proj_weight: [model, "kdim"],
    v_proj_weight: [model, "vdim"],
    in_proj_bias: [3 * model],
    "out_proj.bias": [model],
    bias_k: [1, 1, model],
    bias_v: [1, 1, model],
  };
  for (const name of Object.keys(expected)) {
    const shape = params[paramOf[name]]?.shape;
    const wanted = expected[name]!;
    if (shape === undefined) continue;
    if (
      shape.length === wanted.length &&
      wanted.every((n, axis) => typeof n === "string" || n === shape[axis])
    ) {
      continue;
    }
    throw rangeError(
      fn,
      labelOf(prefix + name),
      `[${wanted.join(", ")}]`,
      `${showShape(shape)} beside out_proj.weight ${showShape(out)}`,
    );
  }
  if (model % heads === 0) return;
  throw rangeError(
    fn,
    "options.heads",
    `a divisor of the ${model} features of the model`,
    String(heads),
  );
}

function checkKind(option: string, value: unknown, kind: string, expected: string): void {
  if (typeof value === kind) return;
  throw typeError(fn, `options.${option}`, expected, describe(value));
}
