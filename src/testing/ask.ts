import { describe, sameShape, showShape, type FloatArray, type Tensor } from "../tensor/index.js";
import { Broken, Thrown } from "./broken.js";
import { sleep } from "./platform.js";
import type { Answer } from "./probe.js";
import type { Problem } from "./problem.js";
import { readResult } from "./readResult.js";
import { shapeOf, toCall, type Ask } from "./toCall.js";
import type { AttentionFunction, Supported } from "./types.js";

/** A promise that did not settle in time. */
export class Hanging extends Broken {}

/**
 * Calls the function and reads its answer. A function that throws, hangs, or returns something else than
 * asked for has broken the law for which it was asked.
 */
export async function ask(
  fn: AttentionFunction,
  supported: Supported,
  timeout: number,
  problem: Problem,
  wanted: Ask,
  name: string,
): Promise<Answer> {
  const { query, key, value, options } = toCall(problem, supported, wanted);
  const returned = await inTime(() => fn(query, key, value, options), timeout);
  if (wanted.unchanged) expectUnchanged({ query, key, value }, problem);
  const { H, L, S, E } = problem;
  const result = readable(returned, name);
  const shape = (...rest: number[]): number[] => shapeOf(problem, supported, H, ...rest);
  expectShape(result, "output", shape(L, E), name);
  if (wanted.weights) expectShape(result, "weights", shape(L, S), name);
  if (wanted.lse) expectShape(result, "lse", shape(L), name);
  return {
    name,
    output: result.output.data,
    ...(wanted.weights ? { weights: result.weights!.data } : {}),
    ...(wanted.lse ? { lse: result.lse!.data } : {}),
  };
}

async function inTime(call: () => unknown, timeout: number): Promise<unknown> {
  try {
    const returned = call();
    if (typeof (returned as Promise<unknown> | undefined)?.then !== "function") return returned;
    const late = sleep(timeout);
    const hanging = late.promise.then(() => {
      throw new Hanging(`the promise did not settle within ${timeout} ms`);
    });
    return await Promise.race([returned, hanging]).finally(late.cancel);
  } catch (error) {
    if (error instanceof Hanging) throw error;
    throw new Thrown(
      `the function throws ${error instanceof Error ? String(error) + placeOf(error) : describe(error)}`,
    );
  }
}

/** ` (attention.js:12:5)`: where an error was thrown, as far as its stack tells. */
function placeOf({ stack = "" }: Error): string {
  // The first line of the stack with a place: `at f (file:///home/attention.js:12:5)`, `f@http://…:12:5`.
  const place = /^(?: +at |[^\n@]*@).*?([^\\/\n(]+:\d+:\d+)\)?$/m.exec(stack)?.[1];
  return place === undefined ? "" : ` (${place})`;
}

function expectUnchanged(
  tensors: Readonly<Record<"query" | "key" | "value", Tensor<FloatArray>>>,
  problem: Problem,
): void {
  for (const role of ["query", "key", "value"] as const) {
    const [now, before] = [tensors[role].data, problem[role]];
    if (before.every((x, at) => Object.is(x, now[at]))) continue;
    throw new Broken(`the function writes to ${role}`, [
      `assert.deepEqual([...${role}.data], [${[...before].join(", ")}]);`,
    ]);
  }
}

function readable(returned: unknown, name: string): ReturnType<typeof readResult> {
  try {
    return readResult(returned);
  } catch (error) {
    throw new Broken(`${name}: ${(error as Error).message}`);
  }
}

function expectShape(
  result: ReturnType<typeof readResult>,
  field: "output" | "weights" | "lse",
  shape: readonly number[],
  name: string,
): void {
  const got = result[field];
  const right = got !== undefined && sameShape(got.shape, shape);
  if (right) return;
  const came = got === undefined ? "nothing" : `shape ${showShape(got.shape)}`;
  throw new Broken(`${field}: expected shape ${showShape(shape)}, got ${came}`, [
    `assert.deepEqual(${name}.${field}?.shape, [${shape.join(", ")}]);`,
  ]);
}
