import { cos64, sin64 } from "../elementary/portable.js";
import {
  allocate,
  checkOptions,
  copyContiguous,
  rangeError,
  readTensor,
  sameShape,
  showShape,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { checkBase } from "./checkBase.js";
import { frequencies } from "./frequencies.js";
import { readPositions, type Positions, type TokenAxes } from "./readPositions.js";

/** The angles of {@link rotary}: computed from a base, or given as tables. */
export interface RotaryAngles<A extends FloatArray = FloatArray> {
  /** Pair `i` of the `n` features that turn: `p·base^(−2i/n)` radians at position `p`. Default 10000; not with tables. */
  base?: number | undefined;
  /**
   * The position of each token: a number (that of the first, the others follow), `[L]`, or one row
   * for each batch entry, `[..., L]`. Default 0. Fractions and negative numbers are positions too;
   * with tables, positions are the numbers of their rows.
   */
  positions?: Positions | undefined;
  /** Cosines for each pair, `[rows, n/2]` with `positions`, else `[L, n/2]` or `[..., L, n/2]`. */
  cos?: TensorLike<A> | undefined;
  /** Sines, in the shape of `cos`. */
  sin?: TensorLike<A> | undefined;
}

/** Cosines and sines of each token, row-major; `batchStep` is 0 if all batch entries share them. */
export interface Turns<A extends FloatArray> {
  cos: A;
  sin: A;
  batchStep: number;
}

/** What the angles have to fit to. */
export interface Tokens extends TokenAxes {
  pairs: number;
  dtype: DType;
}

/** What `rotary` does not take, in either argument. */
const rotaryHints = {
  "its real and imaginary parts are `cos` and `sin`, in the second argument": "freqs_cis",
  "make tables `cos` and `sin` of position · frequency, for the second argument":
    "inv_freq freqs rope_scaling scaling_factor",
  "multiply the positions by it": "scale position_scale",
  "leave it out: it is in the shape of x": "head_dim dim d_model num_heads",
  "leave it out: angles are computed for the positions of the call":
    "max_seq_len max_position_embeddings",
};

/** As `Hints`, of the second argument. */
export const angleHints = /* @__PURE__ */ (() => ({
  "write `base`": "theta rope_theta rope_base",
  "write `positions`, the position of the first token": "offset seqlen_offset seqlen_offsets",
  "write `positions`": "position_ids input_pos cache_position",
  "write `cos`": "cos_cache cos_cached cos_table",
  "write `sin`": "sin_cache sin_cached sin_table",
  "it belongs into the third argument: rotary(x, { base }, { pairing })":
    "pairing interleaved rotary_interleaved is_neox_style traditional layout",
  "it belongs into the third argument: rotary(x, { base }, { pairing, dims })":
    "dims rotary_dim rotary_ndims rotary_embedding_dim",
  "it is `dims`, a number of features, in the third argument": "partial_rotary_factor rotary_pct",
  ...rotaryHints,
}))();

/** As `Hints`, of the third argument. */
export const rotaryOptionHints = /* @__PURE__ */ (() => ({
  'write pairing: "interleaved" for true, "half" for false':
    "interleaved rotary_interleaved traditional",
  'write pairing: "half" for true, "interleaved" for false': "is_neox_style neox_style",
  "write `dims`": "rotary_dim rotary_ndims rotary_embedding_dim",
  "write `dims`, a number of features: it times D": "partial_rotary_factor rotary_pct",
  "write `layout`": "unsqueeze_dim batch_first",
  "it belongs into the second argument: rotary(x, { base }, { pairing })": "base",
  "it is `base`, in the second argument: rotary(x, { base }, { pairing })":
    "theta rope_theta rope_base",
  "it belongs into the second argument: rotary(x, { positions }, { pairing })": "positions",
  "it is `positions`, in the second argument: rotary(x, { positions }, { pairing })":
    "offset seqlen_offset seqlen_offsets position_ids input_pos cache_position",
  "it belongs into the second argument: rotary(x, { cos, sin }, { pairing })":
    "cos sin cos_cache sin_cache cos_cached sin_cached",
  ...rotaryHints,
}))();

/** The angles, if their names are known. */
export function checkAngles<A extends FloatArray>(
  angles: RotaryAngles<A> | undefined,
): RotaryAngles<A> {
  return checkOptions("rotary", angles, ["base", "positions", "cos", "sin"], angleHints, "angles");
}

/** Computes or looks up the angle of each pair of each token. */
export function readAngles<A extends FloatArray>(
  angles: RotaryAngles<A>,
  tokens: Tokens,
): Turns<A> {
  const { base, positions, cos, sin } = angles;
  if (cos === undefined && sin === undefined) {
    if (base !== undefined) checkBase("rotary", "angles.base", base);
    return computeTurns(base ?? 10000, readPositions(positions ?? 0, tokens), tokens);
  }
  if (cos === undefined || sin === undefined || base !== undefined) {
    throw typeError(
      "rotary",
      "angles",
      "either { base } or both { cos, sin }",
      Object.keys(angles).join(", "),
    );
  }
  return readTables(cos, sin, positions, tokens);
}

/** Angles in float64, whatever the precision of x; their cosines and sines are rounded once. */
function computeTurns<A extends FloatArray>(
  base: number,
  positions: Float64Array,
  tokens: Tokens,
): Turns<A> {
  const { length, pairs, dtype } = tokens;
  const radians = frequencies(base, pairs, pairs);
  const shape = [positions.length, pairs];
  const cos = allocate("rotary", "angles", shape, dtype) as A;
  const sin = allocate("rotary", "angles", shape, dtype) as A;
  for (let row = 0, at = 0; row < positions.length; row++) {
    for (let i = 0; i < pairs; i++, at++) {
      const angle = positions[row] * radians[i];
      cos[at] = cos64(angle);
      sin[at] = sin64(angle);
    }
  }
  return { cos, sin, batchStep: positions.length > length ? length * pairs : 0 };
}

function readTables<A extends FloatArray>(
  cosLike: TensorLike<A>,
  sinLike: TensorLike<A>,
  positions: RotaryAngles["positions"],
  tokens: Tokens,
): Turns<A> {
  const cos = readTensor<A>(cosLike, "rotary", "angles.cos", tokens.dtype);
  const sin = readTensor<A>(sinLike, "rotary", "angles.sin", tokens.dtype);
  checkTables(cos.shape, sin.shape, positions !== undefined, tokens);
  if (positions === undefined) {
    const step = cos.shape.length === 2 ? 0 : tokens.length * tokens.pairs;
    const shape = [...(step ? tokens.batch : []), tokens.length, tokens.pairs];
    return {
      cos: copyContiguous(stretch(cos, shape)).data,
      sin: copyContiguous(stretch(sin, shape)).data,
      batchStep: step,
    };
  }
  const rows = readPositions(positions, tokens, cos.shape[0]);
  return {
    cos: takeRows(cos, rows),
    sin: takeRows(sin, rows),
    batchStep: rows.length > tokens.length ? tokens.length * tokens.pairs : 0,
  };
}

function checkTables(
  cos: readonly number[],
  sin: readonly number[],
  byRow: boolean,
  { shape, batch, length, pairs }: Tokens,
): void {
  const exact = [...batch, length, pairs];
  const matches =
    cos.at(-1) === pairs &&
    (byRow
      ? cos.length === 2
      : cos.at(-2) === length &&
        (cos.length === 2 ||
          (cos.length === exact.length && cos.every((n, i) => n === exact[i] || n === 1))));
  if (matches && sameShape(cos, sin)) return;
  const forTokens = showShape([length, pairs]);
  const batched = batch.length > 0 ? ` or ${showShape(exact)}` : "";
  throw rangeError(
    "rotary",
    "angles",
    byRow
      ? `cos and sin of the shape [rows, ${pairs}], one cosine for each pair`
      : `cos and sin of the shape ${forTokens}${batched}, one cosine for each pair of each token`,
    `cos ${showShape(cos)}, sin ${showShape(sin)} for x ${showShape(shape)}`,
    tableFix(cos, byRow, length, pairs),
  );
}

function tableFix(
  cos: readonly number[],
  byRow: boolean,
  length: number,
  pairs: number,
): string | undefined {
  if (pairs > 0 && cos.at(-1) === 2 * pairs) {
    return "tables that repeat each cosine for both features of a pair are cut to one of the two";
  }
  if (cos.at(-1) !== pairs) return "`dims` says how many features turn, if not all of them";
  if (!byRow && cos.length === 2 && cos[0] > length) {
    return "say which rows of a longer table: `positions: 0` for the first ones";
  }
  return undefined;
}

/** Axes of length 1 repeat. */
function stretch<A extends FloatArray>(view: Tensor<A>, shape: readonly number[]): Tensor<A> {
  const stride = view.stride.map((step, axis) => (view.shape[axis] === 1 ? 0 : step));
  return { ...view, shape, stride };
}

function takeRows<A extends FloatArray>(table: Tensor<A>, rows: Float64Array): A {
  const [step, within] = table.stride;
  const pairs = table.shape[1];
  const out = new (table.data.constructor as new (size: number) => A)(rows.length * pairs);
  for (let row = 0, to = 0; row < rows.length; row++) {
    const from = table.offset + rows[row] * step;
    for (let i = 0; i < pairs; i++) out[to++] = table.data[from + i * within];
  }
  return out;
}
