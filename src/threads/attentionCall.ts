import type { AttentionOptions } from "../attention/index.js";
import { readProblem, type Problem } from "../attention/problem.js";
import { emptyRowError } from "../attention/run.js";
import {
  copyContiguous,
  copyInto,
  freshTensor,
  readOut,
  readTensor,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { plainCopy } from "./plainCopy.js";
import type { AttentionJob, SentOptions } from "./protocol.js";
import { asksFunction, sendBias, sendMask, writeMask } from "./rules.js";
import { planSchedule, type Schedule } from "./schedule.js";
import { allocateShared, share, unshare } from "./share.js";

/** What a caller may want beside the output. */
export type Beside = "lse" | "weights" | undefined;

/** A checked attention call: what the workers get, and what becomes of their work. */
export interface AttentionCall<D extends FloatArray> {
  readonly job: AttentionJob;
  readonly schedule: Schedule;
  /** The results outside shared memory, when every row is done. */
  finish(firstEmpty: number): { output: Tensor<D>; beside: Tensor<D> | undefined };
}

/** Checks every argument, as one thread does, and brings what the workers read into shared memory. */
export function prepareAttention<D extends FloatArray>(
  fn: string,
  inputs: readonly [query: TensorLike<D>, key: TensorLike<D>, value: TensorLike<D>],
  options: AttentionOptions<D> | undefined,
  beside: Beside,
  threads: number,
): AttentionCall<D> {
  const problem = readProblem<D>(fn, ...inputs, options);
  const { dtype, outputShape, scores, heads, kvHeads, queries } = problem;
  const out = options?.out === undefined ? undefined : readOut<D>(fn, options.out, outputShape);
  const [query, key, value] = (["query", "key", "value"] as const).map((name, i) =>
    share(fn, name, readTensor<D>(inputs[i], fn, name, dtype)),
  );
  const sent = sendOptions(problem, options ?? {});
  const output = allocateShared<D>(fn, "output", outputShape, dtype);
  const besideShape = beside === "weights" ? scores : scores.slice(0, -1);
  const kept = beside && allocateShared<D>(fn, beside, besideShape, dtype);
  const job: AttentionJob = {
    kind: "attention",
    fn,
    query,
    key,
    value,
    options: sent,
    output,
    ...(beside && { [beside]: kept }),
  };
  const rowWork = problem.keys * (problem.headSize + problem.valueSize);
  // Heads of few queries stay together where they read the same keys.
  const group = queries < 64 && kvHeads > 0 ? heads / kvHeads : 1;
  const spans = (problem.batch * heads) / group;
  return {
    job,
    schedule: planSchedule(spans, group * queries, rowWork, threads, options?.engine),
    finish(firstEmpty) {
      if (firstEmpty >= 0 && problem.emptyRow === "throw") throw emptyRowError(problem, firstEmpty);
      const made = { beside: kept && unshare(fn, beside!, kept, besideShape) };
      if (out === undefined) return { ...made, output: unshare(fn, "output", output, outputShape) };
      copyInto(freshTensor(output, outputShape), out.data, out);
      return { ...made, output: out };
    },
  };
}

function sendOptions<D extends FloatArray>(
  problem: Problem<D>,
  { allow, block, bias, sinks, out: _out, ...rest }: AttentionOptions<D>,
): SentOptions {
  const { fn, dtype } = problem;
  const at = (name: string): [string, string] => [fn, `options.${name}`];
  const sent = plainCopy(rest);
  const isWritten = [asksFunction(...at("allow"), allow), asksFunction(...at("block"), block)];
  return {
    ...sent,
    ...(isWritten.includes(true)
      ? { allow: writeMask(problem) }
      : {
          ...(allow !== undefined && { allow: sendMask(...at("allow"), allow) }),
          ...(block !== undefined && { block: sendMask(...at("block"), block) }),
        }),
    ...(bias !== undefined && { bias: sendBias(...at("bias"), bias, problem) }),
    ...(sinks !== undefined && {
      sinks: copyContiguous(readTensor<D>(sinks, ...at("sinks"), dtype)),
    }),
  };
}
