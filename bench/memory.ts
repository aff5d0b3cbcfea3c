import { fileURLToPath } from "node:url";
import { node } from "../scripts/step.js";
import type { MemoryResult } from "./report.js";

const child = fileURLToPath(new URL("./memoryChild.mjs", import.meta.url));

/** Working memory of `attention` of a built file: one head, float32, in a new process. */
export async function measureMemory(
  file: string,
  { queries, keys, size }: Pick<MemoryResult, "queries" | "keys" | "size">,
): Promise<MemoryResult> {
  const sizes = [queries, keys, size].map(String);
  const { stdout } = await node(["--expose-gc", child, file, ...sizes]);
  return JSON.parse(stdout) as MemoryResult;
}
