import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import { writeOddNaN } from "../helpers/bits.js";
import { denseOf, takeAxis, viewOf } from "../helpers/tensors.js";
import type { AttentionLike } from "./law.js";

/** A mistake of a kind that real attention code has made, put into a library that works. */
export interface PlantedBug {
  /** The law that must notice. */
  readonly law: string;
  readonly bug: string;
  readonly plant: (library: AttentionLike) => AttentionLike;
}

type Floats = TensorView<FloatArray>;
type Arguments = Parameters<AttentionLike["attention"]>;

/** Changes what goes into every attention function. */
function before(library: AttentionLike, change: (...call: Arguments) => Arguments): AttentionLike {
  return {
    ...library,
    attention: (...call) => library.attention(...change(...call)),
    attentionWithWeights: (...call) => library.attentionWithWeights(...change(...call)),
    attentionWithLse: (...call) => library.attentionWithLse(...change(...call)),
    attentionTrace: (...call) => library.attentionTrace(...change(...call)),
  };
}

/** Where a number of an output stands: its axes are `[..., row, column]`, in any layout. */
interface Place {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
}

/** Changes the output of every attention function. */
function after(
  library: AttentionLike,
  changeFor: (...call: Arguments) => (value: number, place: Place) => number,
): AttentionLike {
  const apply = (output: Floats, call: Arguments): Floats => {
    const dense = denseOf(output);
    const [rows, columns] = dense.shape.slice(-2);
    const change = changeFor(...call);
    dense.data.forEach((value, at) => {
      const row = Math.floor(at / columns) % rows;
      dense.data[at] = change(value, { row, rows, column: at % columns });
    });
    return viewOf(dense);
  };
  return {
    ...library,
    attention: (...call) => apply(library.attention(...call), call),
    attentionWithWeights: (...call) => {
      const result = library.attentionWithWeights(...call);
      return { ...result, output: apply(result.output, call) };
    },
    attentionWithLse: (...call) => {
      const result = library.attentionWithLse(...call);
      return { ...result, output: apply(result.output, call) };
    },
    attentionTrace: (...call) => {
      const result = library.attentionTrace(...call);
      return { ...result, output: apply(result.output, call) };
    },
  };
}

/** Changes the weights that are shown, row by row. */
function showing(
  library: AttentionLike,
  change: (weights: FloatArray, trace: { masked: FloatArray; lse: number }) => void,
): AttentionLike {
  const apply = (call: Arguments): Floats => {
    const trace = library.attentionTrace(...call);
    const weights = denseOf(trace.weights);
    const masked = denseOf(trace.masked).data;
    const lse = denseOf(trace.lse).data;
    const S = weights.shape.at(-1)!;
    for (let row = 0; S > 0 && row < weights.data.length / S; row++) {
      const cut = [row * S, (row + 1) * S] as const;
      change(weights.data.subarray(...cut), { masked: masked.subarray(...cut), lse: lse[row] });
    }
    return viewOf(weights);
  };
  return {
    ...library,
    attentionWithWeights: (...call) => ({
      ...library.attentionWithWeights(...call),
      weights: apply(call),
    }),
    attentionTrace: (...call) => ({ ...library.attentionTrace(...call), weights: apply(call) }),
  };
}

const isFloat32 = ([query]: Arguments): boolean => query.data.BYTES_PER_ELEMENT === 4;
const upBy = (call: Arguments): number => 1 + (isFloat32(call) ? 2 ** -22 : 2 ** -51);

/** Rounds to `bits` of the significand, as shorter formats do. */
function shorten(view: Floats, bits: number): Floats {
  const dense = denseOf(view);
  dense.data.forEach((x, at) => {
    const big = x * (2 ** (53 - bits) + 1);
    if (Number.isFinite(big)) dense.data[at] = big - (big - x);
  });
  return viewOf(dense);
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    law: "permuting queries permutes the output",
    bug: "the last query of a call takes another order of operations",
    plant: (library) =>
      after(library, (...call) => (x, { row, rows }) => {
        return row === rows - 1 && rows > 1 && call[3]?.layout !== "BLHD" ? x * upBy(call) : x;
      }),
  },
  {
    law: "queries one at a time = all at once (decode = prefill)",
    bug: "decoding has a kernel of its own, one rounding away from prefill",
    plant: (library) =>
      after(
        library,
        (...call) =>
          (x, { rows }) =>
            rows === 1 ? x * upBy(call) : x,
      ),
  },
  {
    law: "heads are independent",
    bug: "the default scale comes from the model width instead of the head size",
    plant: (library) =>
      before(library, (q, k, v, options = {}) => {
        const heads = q.shape.at(options.layout === "BLHD" ? -2 : -3) ?? 1;
        const scale = Math.fround(1 / Math.sqrt(q.shape.at(-1)! * heads));
        return [q, k, v, { scale, ...options }];
      }),
  },
  {
    law: "batch entries are independent",
    bug: "the lengths of the first batch entry are used for all",
    plant: (library) =>
      before(library, (q, k, v, options = {}) => {
        const { keyLengths } = options;
        if (!Array.isArray(keyLengths)) return [q, k, v, options];
        return [q, k, v, { ...options, keyLengths: keyLengths.map(() => keyLengths[0] as number) }];
      }),
  },
  {
    law: "view = copy",
    bug: "the offset of a sliced key is ignored",
    plant: (library) =>
      before(library, (q, k, v, options) => {
        const offset = k.stride.every((step) => step >= 0) ? 0 : k.offset;
        return [q, { data: k.data, shape: k.shape, stride: k.stride, offset }, v, options];
      }),
  },
  {
    law: "grouped = repeated heads",
    bug: "query head h reads key/value head h mod Hkv",
    plant: (library) =>
      before(library, (q, k, v, options = {}) => {
        if (!options.grouped) return [q, k, v, options];
        const axis = options.layout === "BLHD" ? -2 : -3;
        const map = Array.from({ length: q.shape.at(axis)! }, (_, h) => h % k.shape.at(axis)!);
        const spread = (x: Floats): Floats => viewOf(takeAxis(denseOf(x), axis, map));
        return [q, spread(k), spread(v), options];
      }),
  },
  {
    law: "trace, weights and lse variants = attention",
    bug: "with weights asked for, the output is computed as weights·v in another order",
    plant: (library) => ({
      ...library,
      attentionWithWeights: (...call) => {
        const result = library.attentionWithWeights(...call);
        const output = denseOf(result.output);
        output.data.forEach((x, at) => (output.data[at] = x / upBy(call)));
        return { ...result, output: viewOf(output) };
      },
    }),
  },
  {
    law: "padding after the last key",
    bug: "keys beyond the length are blocked, but their values are still multiplied by 0",
    plant: (library) => multiplyingEverything(library),
  },
  {
    law: "padding after the last query",
    bug: "a NaN query spoils the block of four that it is computed in",
    plant: (library) =>
      after(library, (query, _key, _value, options) => {
        const { data, shape } = denseOf(query);
        if (options?.layout === "BLHD" || shape.length !== 2) return (x) => x;
        const D = shape[1];
        return (x, { row, rows }) => {
          const block = data.subarray((row - (row % 4)) * D, Math.min(rows, row + 4) * D);
          return block.some(Number.isNaN) ? NaN : x;
        };
      }),
  },
  {
    law: "poisoning a blocked key or value",
    bug: "blocked weights are 0, and 0 is multiplied by whatever the value holds",
    plant: (library) => multiplyingEverything(library),
  },
  {
    law: "one allowed key gives that value",
    bug: "a small epsilon in the denominator",
    plant: (library) =>
      after(
        library,
        (...call) =>
          (x) =>
            x / upBy(call),
      ),
  },
  {
    law: "softmax(masked) = weights",
    bug: "weights are shown as exp(score − lse)",
    plant: (library) =>
      showing(library, (weights, { masked, lse }) => {
        masked.forEach((s, j) => (weights[j] = s === -Infinity ? 0 : Math.exp(s - lse)));
      }),
  },
  {
    law: "rules = their dense mask",
    bug: "the window counts the query's own position as a neighbour",
    plant: (library) =>
      before(library, (q, k, v, options = {}) => {
        const { window } = options;
        if (!window?.left || window.left === Infinity) return [q, k, v, options];
        return [q, k, v, { ...options, window: { ...window, left: window.left - 1 } }];
      }),
  },
  {
    law: "bias −Infinity = a blocked pair",
    bug: "−Infinity is replaced by a large negative number",
    plant: (library) =>
      before(library, (q, k, v, options = {}) => {
        if (!options.bias || !("data" in (options.bias as object))) return [q, k, v, options];
        const bias = denseOf(options.bias as Floats);
        bias.data.forEach((x, at) => (bias.data[at] = Math.max(x, -1e9)));
        return [q, k, v, { ...options, bias: viewOf(bias) }];
      }),
  },
  {
    law: "every NaN is the canonical one",
    bug: "the NaN of an operand comes out with its payload",
    plant: (library) => ({
      ...library,
      attention: (...call) => {
        const output = denseOf(library.attention(...call));
        output.data.forEach((x, at) => Number.isNaN(x) && writeOddNaN(output.data, at));
        return viewOf(output);
      },
    }),
  },
  {
    law: "weight rows sum to one",
    bug: "the sum forgets the last key of an odd row",
    plant: (library) =>
      showing(library, (weights) => {
        const last = weights.length % 2 ? weights[weights.length - 1] : 0;
        if (last < 1) weights.forEach((w, j) => (weights[j] = w / (1 - last)));
      }),
  },
  {
    law: "weights lie in [0, 1], and are 0 where blocked",
    bug: "the division is an approximate reciprocal",
    plant: (library) =>
      showing(library, (weights) => weights.forEach((w, j) => (weights[j] = w * (1 + 1e-6)))),
  },
  {
    law: "the output lies between the allowed values",
    bug: "the division is an approximate reciprocal",
    plant: (library) => after(library, () => (x) => x * (1 + 1e-4)),
  },
  {
    law: "permuting keys and values together changes nothing",
    bug: "a slope over the key positions was left switched on",
    plant: (library) =>
      before(library, (q, k, v, options = {}) => {
        const key = denseOf(k);
        const [S, D] = options.layout === "BLHD" ? [0, 1] : key.shape.slice(-2);
        key.data.forEach((x, at) => (key.data[at] = x * (1 + (Math.floor(at / D) % S || 0) / 500)));
        return [q, viewOf(key), v, options];
      }),
  },
  {
    law: "masking a key = deleting it",
    bug: "a blocked key keeps a share of the denominator",
    plant: (library) =>
      after(library, (_query, _key, _value, options) => {
        const allow = options?.allow;
        const blocks = isView(allow) && denseOf(allow).data.includes(0);
        return (x) => (blocks ? x / (1 + 1e-3) : x);
      }),
  },
  {
    law: "adding a constant to all scores of a row changes nothing",
    bug: "the maximum is not subtracted",
    plant: (library) =>
      showing(library, (weights, { masked }) => {
        const round = weights.BYTES_PER_ELEMENT === 4 ? Math.fround : (x: number): number => x;
        const powers = Array.from(masked, (s) => round(Math.exp(s)));
        const sum = powers.reduce((a, b) => round(a + b), 0);
        weights.forEach((w, j) => (weights[j] = w === 0 ? 0 : powers[j] / sum));
      }),
  },
  {
    law: "linear in the values",
    bug: "values are stored in bfloat16",
    plant: (library) => before(library, (q, k, v, options) => [q, k, shorten(v, 8), options]),
  },
  {
    law: "merging the parts of a split = the whole",
    bug: "the merge takes logarithms to base 2",
    plant: (library) => ({
      ...library,
      mergeAttention: (parts, options) =>
        library.mergeAttention(
          parts.map(({ output, lse }) => {
            const dense = denseOf(lse);
            return {
              output,
              lse: viewOf({ ...dense, data: dense.data.map((x) => x * Math.LN2) as FloatArray }),
            };
          }),
          options,
        ),
    }),
  },
  {
    law: "every stage agrees with the definition in float64",
    bug: "the softcap comes after the scale is applied twice",
    plant: (library) =>
      before(library, (q, k, v, options = {}) => {
        const { softcap, scale = 1 / Math.sqrt(q.shape.at(-1)!) } = options;
        return [q, k, v, softcap === undefined ? options : { ...options, scale: scale * scale }];
      }),
  },
  {
    law: "as accurate as plain arithmetic of the same precision",
    bug: "queries are rounded to bfloat16",
    plant: (library) => before(library, (q, k, v, options) => [shorten(q, 8), k, v, options]),
  },
];

/** 0·NaN and 0·Infinity are NaN: what masking by multiplication does to a whole column. */
function multiplyingEverything(library: AttentionLike): AttentionLike {
  return after(library, (_query, _key, value) => {
    const { data, shape } = denseOf(value);
    const E = shape.at(-1)!;
    const spoilt = new Set<number>();
    data.forEach((v, at) => Number.isFinite(v) || spoilt.add(at % E));
    return (x, { column }) => (spoilt.has(column) ? NaN : x);
  });
}

function isView(value: unknown): value is TensorView<Uint8Array> {
  return typeof value === "object" && value !== null && "data" in value;
}
