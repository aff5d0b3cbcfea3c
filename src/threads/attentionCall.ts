import {
  attentionOptionHints,
  attentionOptionNames,
  type AttentionOptions,
} from "../attention/index.js";
import { bindCall, type Call } from "../attention/call.js";
import { emptyRowError } from "../attention/attend.js";
import { blockRows } from "../elementary/tileSize.js";
import {
  checkOptions,
  copyInto,
  freshTensor,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { plainCopy } from "./plainCopy.js";
import type { AttentionJob, SentOptions } from "./protocol.js";
import { asksFunction, sendBias, sendMask, writeMask } from "./rules.js";
import { planSchedule, type Schedule } from "./schedule.js";
import { allocateShared, share, unshare } from "./share.js";

/** What a caller may want in addition to the output. */
export type KeptName = "lse" | "weights" | undefined;

/** A checked attention call: what the workers get, and what becomes of their work. */
export interface AttentionCall<A extends FloatArray> {
  readonly job: AttentionJob;
  readonly schedule: Schedule;
  /** The results outside shared memory, when every row is done. */
  finish(firstEmpty: number): { output: Tensor<A>; kept: Tensor<A> | undefined };
}

/** Checks every argument, as one thread does, and brings what the workers read into shared memory. */
export function prepareAttention<A extends FloatArray>(
  fn: string,
  inputs: readonly [query: TensorLike<A>, key: TensorLike<A>, value: TensorLike<A>],
  options: AttentionOptions<A> | undefined,
  name: KeptName,
  threads: number,
): AttentionCall<A> {
  const own = checkOptions(fn, options, attentionOptionNames, attentionOptionHints);
  const call = bindCall<A>(fn, ...inputs, own);
  const { dtype, out, outputShape, scoresShape, heads, kvHeads, queries } = call;
  const [query, key, value] = (["query", "key", "value"] as const).map((name, i) =>
    share(fn, name, call.inputs[i]),
  );
  const sent = sendOptions(call, own);
  const output = allocateShared<A>(fn, "output", outputShape, dtype);
  const keptShape = name === "weights" ? scoresShape : scoresShape.slice(0, -1);
  const kept = name && allocateShared<A>(fn, name, keptShape, dtype);
  const job: AttentionJob = {
    kind: "attention",
    fn,
    query,
    key,
    value,
    options: sent,
    output,
    ...(name && { [name]: kept }),
  };
  const rowWork = call.keys * (call.headSize + call.valueSize);
  // Heads of few queries stay together where they read the same keys.
  const group = queries < blockRows && kvHeads > 0 ? heads / kvHeads : 1;
  const spans = (call.batch * heads) / group;
  return {
    job,
    schedule: planSchedule(spans, group * queries, rowWork, threads, call.engine),
    finish(firstEmpty) {
      if (firstEmpty >= 0 && call.emptyRow === "throw") throw emptyRowError(call, firstEmpty);
      const made = { kept: kept && unshare(fn, name!, kept, keptShape) };
      if (out === undefined) return { ...made, output: unshare(fn, "output", output, outputShape) };
      copyInto(freshTensor(output, outputShape), out.data, out);
      return { ...made, output: out };
    },
  };
}

function sendOptions<A extends FloatArray>(
  call: Call<A>,
  { allow, block, bias, sinks: _sinks, out: _out, ...rest }: AttentionOptions<A>,
): SentOptions {
  const { fn, dtype } = call;
  const sent = plainCopy(rest);
  const isWritten = [
    asksFunction(fn, "options.allow", allow),
    asksFunction(fn, "options.block", block),
  ];
  return {
    ...sent,
    ...(isWritten.includes(true)
      ? { allow: writeMask(call) }
      : {
          ...(allow !== undefined && { allow: sendMask(call, "options.allow", allow) }),
          ...(block !== undefined && { block: sendMask(call, "options.block", block) }),
        }),
    ...(bias !== undefined && { bias: sendBias(call, "options.bias", bias) }),
    ...(call.sinks && { sinks: sinksOf(call.sinks, dtype) }),
  };
}

function sinksOf(sinks: readonly number[], dtype: DType): Tensor<FloatArray> {
  const data = dtype === "float32" ? Float32Array.from(sinks) : Float64Array.from(sinks);
  return freshTensor<FloatArray>(data, [sinks.length]);
}
