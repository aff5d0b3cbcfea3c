import {
  explain,
  explainWeights,
  type ExplainOptions,
  type ExplainWeightsOptions,
  type TensorLike,
  type WeightsExplanation,
} from "../../explain/index.js";
import { describe, rangeError, typeError } from "../../tensor/index.js";

export const fn = "qkv-attention";

/** The explanations that a caller gave, one for each layer. */
export function readExplanations(value: unknown): readonly WeightsExplanation[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  const wrong = all.find((it) => !isExplanation(it));
  if (all.length > 0 && wrong === undefined && all.every(isExplanation)) return all;
  const expected = "what explain or explainWeights returns, or an array of these";
  const fix = "weights alone: explainWeights(weights, { tokens })";
  throw typeError(fn, "explanation", expected, describe(wrong ?? value), fix);
}

function isExplanation(value: unknown): value is WeightsExplanation {
  if (typeof value !== "object" || value === null) return false;
  const { head, mean, tokens } = value as Partial<WeightsExplanation>;
  return typeof head === "function" && typeof mean === "function" && Array.isArray(tokens);
}

/** The explanations of the JSON text inside an element: of `{ tokens, weights }`, or of an array of these. */
export function readJson(text: string): readonly WeightsExplanation[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw rangeError(fn, "the JSON inside", "JSON", `text that is none (${String(error)})`);
  }
  const layers: unknown[] = Array.isArray(data) ? data : [data];
  if (layers.length === 0) throw rangeError(fn, "the JSON inside", "a layer", "none");
  return layers.map((layer) => {
    if (typeof layer !== "object" || layer === null)
      throw typeError(fn, "the JSON inside", "{ tokens, weights }", describe(layer));
    const { weights, query, key, value, ...options } = layer as Record<string, unknown>;
    if (weights !== undefined) {
      // Both cannot be meant: the function refuses what is no option of its own.
      const rest = Object.entries({ query, key, value }).filter(([, it]) => it !== undefined);
      const all = { ...options, ...Object.fromEntries(rest) };
      return explainWeights(tensorOf(weights), all as unknown as ExplainWeightsOptions);
    }
    if (query === undefined || key === undefined || value === undefined) {
      const got = Object.keys(layer).join(", ") || "none";
      const expected = "weights, or query, key and value, beside tokens";
      throw typeError(fn, "the JSON inside", expected, got);
    }
    const given = options as unknown as ExplainOptions;
    return explain(tensorOf(query), tensorOf(key), tensorOf(value), given);
  });
}

/** JSON has no typed arrays: `{ shape, data }` with plain numbers is what they become. */
function tensorOf(value: unknown): TensorLike {
  const { data } = (value ?? {}) as { data?: unknown };
  // The functions check it, as they check what a program gives them.
  return (
    Array.isArray(data) ? { ...(value as object), data: Float64Array.from(data) } : value
  ) as TensorLike;
}
