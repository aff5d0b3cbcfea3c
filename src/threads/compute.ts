import { attendRows } from "../attention/attend.js";
import type { Results } from "../attention/results.js";
import { operandOf, readCall } from "../attention/call.js";
import type { AttentionOptions } from "../attention/index.js";
import { matmul } from "../matmul/index.js";
import { freshTensor, offsetsOf, type FloatArray } from "../tensor/index.js";
import type { AttentionJob, MatmulJob, Order, Reply } from "./protocol.js";
import { receiveBias, receiveMask } from "./rules.js";
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
  if (allow !== undefined) read.allow = receiveMask(allow);
  if (block !== undefined) read.block = receiveMask(block);
  if (bias !== undefined) read.bias = receiveBias(bias);
  const call = readCall<FloatArray>(fn, query, key, value, read);
  const { lse, weights } = results;
  const output = operandOf(freshTensor(results.output, call.outputShape), call.sequenceFirst);
  const into: Results<FloatArray> = { output, lse, weights };
  return (from, to) => attendRows(call, into, from, to);
}

function matmulUnit({ a, b, engine, output }: MatmulJob): Unit {
  const rank = a.shape.length;
  const [m, k] = a.shape.slice(-2);
  const n = b.shape[rank - 1];
  const starts = [a, b].map(({ shape, stride, offset }) =>
    offsetsOf(shape.slice(0, -2), stride.slice(0, -2), offset),
  );
  const [aStride, bStride] = [a.stride.slice(-2), b.stride.slice(-2)];
  return (from, to) => {
    for (let row = from; row < to;) {
      const i = Math.floor(row / m);
      const end = Math.min(to, (i + 1) * m);
      const offset = starts[0][i] + (row - i * m) * aStride[0];
      const rows = { data: a.data, shape: [end - row, k], stride: aStride, offset };
      const right = { data: b.data, shape: [k, n], stride: bStride, offset: starts[1][i] };
      output.set(matmul(rows, right, engine === undefined ? {} : { engine }).data, row * n);
      row = end;
    }
    return -1;
  };
}
