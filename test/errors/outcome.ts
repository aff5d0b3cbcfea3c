import * as explain from "../../src/explain/index.js";
import * as testing from "../../src/testing/index.js";
import * as arbitraries from "../../src/testing/fast-check/index.js";
import { createThreadedEngine } from "../../src/threads/index.node.js";
import { evaluate } from "./evaluate.js";

/** What is in entries of its own. `masks` of core is no function, so that the arbitrary has another name here. */
const { masks: maskArbitrary, ...otherArbitraries } = arbitraries;
export const otherEntries = {
  ...explain,
  ...testing,
  ...otherArbitraries,
  maskArbitrary,
  createThreadedEngine,
};

/** What a call, written as text, threw or rejected with, or what it returned as text. */
export async function outcome(
  wrote: string,
  entry: object,
): Promise<{ type: string; message: string }> {
  try {
    const result = await evaluate(wrote, { ...entry, ...otherEntries });
    return { type: "no error", message: String(result) };
  } catch (error) {
    return {
      type: (error as Error).constructor.name,
      message: (error as Error).message,
    };
  }
}
