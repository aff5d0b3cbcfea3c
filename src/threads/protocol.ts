import type { FloatArray, Tensor } from "../tensor/index.js";
import type { AttentionOptions } from "../attention/index.js";
import type { Factor, Multiplied } from "../matmul/index.js";
import type { Schedule } from "./schedule.js";

/** What made a mask or bias, in data that another thread can receive: rules in its arguments are sent alike. */
export interface SentRule {
  readonly kind: "mask" | "bias";
  readonly by: string;
  readonly with: readonly unknown[];
}

/** A rule, or a tensor in shared memory. */
export type Sent = SentRule | Tensor;

/** The options of attention, in data that another thread can receive. */
export interface SentOptions extends Omit<AttentionOptions, "allow" | "block" | "bias" | "out"> {
  readonly allow?: Sent;
  readonly block?: Sent;
  readonly bias?: Sent;
}

/** An attention call. Every array of elements is shared memory. */
export interface AttentionJob {
  readonly kind: "attention";
  readonly fn: string;
  readonly query: Tensor<FloatArray>;
  readonly key: Tensor<FloatArray>;
  readonly value: Tensor<FloatArray>;
  readonly options: SentOptions;
  /** Row-major. */
  readonly output: FloatArray;
  readonly lse?: FloatArray;
  readonly weights?: FloatArray;
}

/** A product of matrices. Every array of elements is shared memory. */
export interface MatmulJob {
  readonly kind: "matmul";
  readonly product: Multiplied<FloatArray>;
  readonly result: Factor<FloatArray>;
}

export type Job = AttentionJob | MatmulJob;

/** Main thread to worker: a job, of which every worker takes units until none is left. */
export interface Order {
  readonly id: number;
  readonly job: Job;
  readonly schedule: Schedule;
  /** What `takeUnit` reads and writes: shared by all workers of the job. */
  readonly control: Int32Array;
}

/** Worker to main thread: it listens. */
export interface Ready {
  readonly ready: true;
}

/** Worker to main thread: no unit is left to take, or one failed. */
export interface Reply {
  readonly id: number;
  /** Blocks that this worker has computed. */
  readonly done: number;
  /** The first row that may attend nothing, or −1. */
  readonly firstEmpty: number;
  readonly error?: unknown;
}
