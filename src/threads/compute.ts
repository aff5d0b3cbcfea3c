import { attendRows } from "../attention/attend.js";
import type { Results } from "../attention/results.js";
import { operandOf, readCall } from "../attention/call.js";
import type { AttentionOptions } from "../attention/index.js";
import type { BiasRule, Mask } from "../masks/index.js";
import { multiply } from "../matmul/index.js";
import { freshTensor, type FloatArray } from "../tensor/index.js";
import type { AttentionJob, MatmulJob, Order, Reply } from "./protocol.js";
import { receive } from "./rules.js";
import { takeUnit } from "./schedule.js";

/** Computes rows `from … to − 1`; returns the first that may attend nothing, or −1. */
type Unit = (from: number, to: number) => number;

/** What a worker does with an order: takes units until none is left. */
export function compute({ id, job, schedule, control }: Order): Reply {
  let done = 0;
  let firstEmpty = -1;
  try {
    let rows: Unit | undefined;
    for (let unit; (unit = takeUnit(schedule, control)); done += unit.blocks) {
      // Made when there is something to do: the others may have been faster.
      rows ??= job.kind === "attention" ? attentionUnit(job) : matmulUnit(job);
      const empty = rows(unit.from, unit.to);
      if (firstEmpty < 0) firstEmpty = empty;
    }
    return { id, done, firstEmpty };
  } catch (error) {
    return { id, done, firstEmpty, error };
  }
}

function attentionUnit({ fn, query, key, value, options, ...results }: AttentionJob): Unit {
  const { allow, block, bias, ...rest } = options;
  const read: AttentionOptions = { ...rest };
  if (allow !== undefined) read.allow = receive(allow) as Mask;
  if (block !== undefined) read.block = receive(block) as Mask;
  if (bias !== undefined) read.bias = receive(bias) as BiasRule;
  const call = readCall<FloatArray>(fn, query, key, value, read);
  const { lse, weights } = results;
  const output = operandOf(freshTensor(results.output, call.outputShape), call.sequenceFirst);
  const into: Results<FloatArray> = { output, lse, weights };
  return (from, to) => attendRows(call, into, from, to);
}

function matmulUnit({ product, result }: MatmulJob): Unit {
  return (from, to) => {
    multiply(product, result, from, to);
    return -1;
  };
}
