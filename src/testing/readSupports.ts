import {
  checkOptions,
  describe,
  numberError,
  rangeError,
  typeError,
  type DType,
} from "../tensor/index.js";
import type { Supported, Supports } from "./types.js";

const choices: { readonly [K in keyof Supports]?: readonly unknown[] } = {
  batch: [false, true],
  heads: [false, true],
  grouped: [false, true],
  mask: [false, "allow", "block", "additive"],
  perHead: [false, true],
  causal: [false, true, "square", "topLeft", "bottomRight", "both"],
  window: [false, true, "causal"],
  keyLengths: [false, true],
  scale: [false, true],
  softcap: [false, true],
  bias: [false, true],
  sinks: [false, true],
  weights: [false, true],
  lse: [false, true],
  valueSize: [true, false],
  emptyRow: [undefined, "zero", "nan", "uniform"],
  garbage: [false, true],
  exact: [false, true],
};

/** As `Hints`. */
export const supportHints = {
  "write `causal`": "is_causal",
  'write `mask`, "allow", "block" or "additive"': "attn_mask attention_mask",
  "write `grouped`": "gqa enable_gqa",
  "write `lse`": "return_lse",
  "write `weights`": "need_weights output_attentions",
};

/** Checks a description of a function and fills in the defaults, the first of each list above. */
export function readSupports(
  fn: string,
  supports?: Supports,
  argument = "options.supports",
): Supported {
  const names = [...Object.keys(choices), "defaultScale", "dtype", "unit"];
  const own = checkOptions(fn, supports, names, supportHints, argument);
  const filled: Record<string, unknown> = {};
  for (const [name, allowed] of Object.entries(choices) as [keyof Supports, unknown[]][]) {
    const given = own[name];
    if (given !== undefined && !allowed.includes(given)) {
      const expected = allowed.filter((choice) => choice !== undefined).map(describe);
      throw typeError(
        fn,
        `${argument}.${name}`,
        expected.join(" or "),
        describe(given),
        hint(name),
      );
    }
    filled[name] = given ?? allowed[0];
  }
  const { defaultScale = (headSize: number): number => 1 / Math.sqrt(headSize) } = own;
  if (typeof defaultScale !== "function") {
    const expected = "a function of the head size";
    throw typeError(fn, `${argument}.defaultScale`, expected, describe(defaultScale));
  }
  if (filled.grouped === true && filled.heads !== true) {
    throw rangeError(fn, `${argument}.grouped`, "heads: true beside it", "no heads");
  }
  return {
    ...(filled as unknown as Supported),
    defaultScale,
    dtypes: readDTypes(fn, `${argument}.dtype`, own.dtype),
    unit: readUnit(fn, `${argument}.unit`, own.unit),
  };
}

function hint(name: keyof Supports): string | undefined {
  if (name !== "mask") return undefined;
  return `"allow" if true means may attend, "block" if it means may not, "additive" if the mask is added to the scores`;
}

function readDTypes(
  fn: string,
  argument: string,
  dtype: Supports["dtype"] = "float32",
): readonly DType[] {
  const list: readonly unknown[] = Array.isArray(dtype) ? dtype : [dtype];
  if (list.length === 0 || list.some((name) => name !== "float32" && name !== "float64")) {
    const expected = `"float32", "float64" or a list of them`;
    throw typeError(fn, argument, expected, describe(dtype));
  }
  return list as readonly DType[];
}

function readUnit(fn: string, argument: string, unit: number | undefined): number | undefined {
  if (unit === undefined || (typeof unit === "number" && unit > 0 && unit < 1)) return unit;
  const expected = "a number between 0 and 1, such as 2⁻¹¹ for float16";
  throw numberError(fn, argument, expected, unit);
}
