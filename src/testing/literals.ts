import { toNested, type FloatArray, type Tensor } from "../tensor/index.js";
import type { CallOptions } from "./types.js";

/** The options of a call as code. */
export function optionsLiteral(options: CallOptions): string {
  const fields = Object.entries(options).map(([name, value]) => `${name}: ${valueLiteral(value)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function valueLiteral(value: unknown): string {
  if (typeof value !== "object" || value === null) {
    return typeof value === "number" ? numberLiteral(value, false) : JSON.stringify(value);
  }
  if ("data" in value) return tensorLiteral(value as Tensor);
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  const fields = Object.entries(value).map(([name, number]) => `${name}: ${number}`);
  return `{ ${fields.join(", ")} }`;
}

/** A tensor as code, in the shortest digits that give its numbers back. */
export function tensorLiteral(tensor: Tensor): string {
  if (tensor.dtype === "bool") {
    const bits = nestedLiteral(toNested(tensor as Tensor<FloatArray>), (x) =>
      x === 1 ? "true" : "false",
    );
    return `tensor(${bits})`;
  }
  const single = tensor.dtype === "float32";
  const nested = nestedLiteral(toNested(tensor as Tensor<FloatArray>), (x) =>
    numberLiteral(x, single),
  );
  return `tensor(${nested}${single ? "" : `, { dtype: "float64" }`})`;
}

function nestedLiteral(nested: unknown, leaf: (x: number) => string): string {
  if (!Array.isArray(nested)) return leaf(nested as number);
  return `[${nested.map((inner) => nestedLiteral(inner, leaf)).join(", ")}]`;
}

/** The shortest digits that give this number back, as a float32 if it is one. */
function numberLiteral(x: number, single: boolean): string {
  if (Object.is(x, -0)) return "-0";
  if (!single || !Number.isFinite(x)) return String(x);
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return String(short);
  }
  return String(x);
}
