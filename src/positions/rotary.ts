import {
  allocate,
  canonicalizeNaN,
  checkArguments,
  checkOptions,
  commonDType,
  describe,
  freshTensor,
  offsetsOf,
  pick,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { rotateRow32, rotateRow64, type RotateRow } from "./portable.js";
import { checkAngles, readAngles, rotaryOptionHints, type RotaryAngles } from "./rotaryAngles.js";

export type { RotaryAngles } from "./rotaryAngles.js";

/** Options of {@link rotary}. */
export interface RotaryOptions {
  /**
   * Which features form a pair: `"half"` = `i` and `i + n/2` of the `n` that turn (GPT-NeoX; Llama and
   * most models in the layout of Hugging Face), `"interleaved"` = `2i` and `2i + 1` (the paper, GPT-J, Llama
   * as published). There is no default: the wrong one gives numbers that look right.
   */
  pairing: "half" | "interleaved";
  /**
   * Which features turn, an even number of them: `[from, to]` for `from … to − 1`, or how many of the first.
   * The rest stay as they are. Default: all.
   */
  dims?: number | readonly [from: number, to: number] | undefined;
  /** `"BHLD"` (default): x is `[..., H, L, D]`. `"BLHD"`: x is `[..., L, H, D]`. */
  layout?: "BHLD" | "BLHD" | undefined;
}

/**
 * Rotary position embedding: turns each pair of features of a query or key by an angle that grows
 * with its position, so that their dot products depend on the distance of positions only.
 *
 * Angles are computed in float64 with the same bits everywhere; their cosines and sines are rounded
 * once to the precision of `x`, in which `(a·cos − b·sin, a·sin + b·cos)` is computed.
 *
 * @param x - `[..., H, L, D]` or `[L, D]`.
 * @param angles - `{ base, positions }` or tables `{ cos, sin, positions }`.
 * @param options - `pairing` (required), `dims`, `layout`.
 * @returns a new row-major tensor of the shape of `x`.
 * @throws TypeError if `pairing` is missing, precisions are mixed or an option is unknown.
 * @throws RangeError for shapes that do not fit, `dims` that are odd or beyond D, a `base` below 1, or
 *   positions that are not finite or outside the tables.
 * @see Su et al.: RoFormer (2021), §3.2; the angles of `base` are its equation 15.
 *
 * @example
 * ```ts
 * import { format, rotary } from "qkv";
 *
 * const key = [[1, 0, 1, 0], [1, 0, 1, 0]];
 * console.log(format(rotary(key, { positions: 3 }, { pairing: "interleaved" })));
 * // → float32 [2, 4]
 * // →  -0.9900  0.1411 0.9996 0.0300
 * // →  -0.6536 -0.7568 0.9992 0.0400
 * ```
 */
export function rotary<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  angles: RotaryAngles<A>,
  options: RotaryOptions,
): Tensor<A> {
  checkArguments("rotary", arguments.length, ["x", "angles", "options"]);
  const given = checkAngles(angles);
  const names = ["pairing", "dims", "layout"];
  const own = checkOptions("rotary", options, names, rotaryOptionHints);
  const { pairing, dims, layout = "BHLD" } = own;
  checkPairing(pairing);
  checkLayout(layout);
  const dtype = commonDType("rotary", { x, "angles.cos": given.cos, "angles.sin": given.sin });
  const view = readTensor<A>(x, "rotary", "x", dtype);
  const tokens = readTokens(view, layout);
  const [from, end] = readDims(dims, view.shape);
  const pairs = (end - from) / 2;
  const { cos, sin, batchStep } = readAngles<A>(given, { ...tokens, pairs, dtype });

  const out = allocate("rotary", "result", view.shape, dtype) as A;
  const rotateRow = pick<RotateRow<A>>(dtype, rotateRow32, rotateRow64);
  const step = view.stride.at(-1)!;
  const [apart, gap] = pairing === "half" ? [1, pairs] : [2, 1];
  const starts = offsetsOf(view.shape.slice(0, -1), view.stride.slice(0, -1), view.offset);
  const perBatch = tokens.length * tokens.heads;
  for (let row = 0, to = 0; row < starts.length; row++, to += tokens.size) {
    const within = row % perBatch;
    const token = layout === "BHLD" ? within % tokens.length : Math.floor(within / tokens.heads);
    const at = ((row - within) / perBatch) * batchStep + token * pairs;
    const start = starts[row];
    for (let i = 0; i < from; i++) out[to + i] = view.data[start + i * step];
    // prettier-ignore
    rotateRow(
      view.data, start + from * step, step, cos, sin, at, out, to + from, pairs, apart, gap,
    );
    for (let i = end; i < tokens.size; i++) out[to + i] = view.data[start + i * step];
  }
  canonicalizeNaN(out);
  return freshTensor(out, [...view.shape]);
}

function readTokens({ shape }: Tensor<FloatArray>, layout: "BHLD" | "BLHD") {
  const rank = shape.length;
  if (rank < 2) {
    throw rangeError(
      "rotary",
      "x",
      layout === "BHLD" ? "[..., H, L, D] or [L, D]" : "[..., L, H, D] or [L, D]",
      showShape(shape),
    );
  }
  const one = rank === 2;
  const lengthAxis = one || layout === "BHLD" ? rank - 2 : rank - 3;
  const batch = shape.slice(0, Math.max(0, rank - 3));
  return {
    shape,
    batch,
    length: shape[lengthAxis],
    heads: one ? 1 : shape[layout === "BHLD" ? rank - 3 : rank - 2],
    size: shape[rank - 1],
  };
}

function checkPairing(pairing: unknown): void {
  if (pairing === "half" || pairing === "interleaved") return;
  throw typeError(
    "rotary",
    "options.pairing",
    '"half" or "interleaved"',
    describe(pairing),
    'pairing: "half" turns features i and i + dims/2 together (GPT-NeoX, Llama in the layout of ' +
      'Hugging Face), pairing: "interleaved" 2i and 2i + 1 (the paper, GPT-J, Llama as published)',
  );
}

function checkLayout(layout: unknown): void {
  if (layout === "BHLD" || layout === "BLHD") return;
  throw typeError("rotary", "options.layout", '"BHLD" or "BLHD"', describe(layout));
}

/** The first feature that turns, and the one after the last. */
function readDims(dims: unknown, shape: readonly number[]): readonly [from: number, to: number] {
  const size = shape.at(-1)!;
  const pair = Array.isArray(dims) && dims.length === 2 ? (dims as unknown[]) : undefined;
  const [from, to] = (pair ?? [0, dims ?? size]) as [number, number];
  const fits = Number.isInteger(from) && Number.isInteger(to) && (to - from) % 2 === 0;
  const least = dims === undefined ? 0 : 2;
  if (fits && from >= 0 && to - from >= least && to <= size) return [from, to];
  if (dims === undefined) {
    const expected = `an even number of features that turn, from 2 to D = ${size}`;
    const fix = "say which features turn: `dims`";
    throw rangeError("rotary", "x", expected, `x ${showShape(shape)}`, fix);
  }
  const isNumbers = (pair ?? [dims]).every((end) => typeof end === "number");
  throw (isNumbers ? rangeError : typeError)(
    "rotary",
    "options.dims",
    `an even number of features that turn, from 2 to D = ${size}, or [from, to], where they begin and end`,
    `${describe(dims)} for x ${showShape(shape)}`,
  );
}
