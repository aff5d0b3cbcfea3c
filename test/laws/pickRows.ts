import type { FloatArray } from "../../src/tensor/types.js";
import type { Dense } from "../helpers/tensors.js";
import { reshape, takeAxis } from "../helpers/tensors.js";

/** The rows `[B·H·L]` of a `[..., L, n]` tensor for which `keep` is true. */
export function pickRows(
  tensor: Dense<FloatArray>,
  keep: (row: number) => boolean,
  rows: number,
): Dense<FloatArray> {
  const flat = reshape(tensor, [rows, rows === 0 ? 0 : tensor.data.length / rows]);
  return takeAxis(flat, 0, Array.from({ length: rows }, (_, row) => row).filter(keep));
}
