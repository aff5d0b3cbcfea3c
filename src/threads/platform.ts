/** A worker, in Node or in a browser. */
export interface WorkerHandle {
  post(message: unknown): void;
  /** Says whether a program must stay for this worker, where programs end by themselves. */
  keepAlive(needed: boolean): void;
  /** Ends the worker, also in the middle of a job. */
  end(): Promise<unknown> | void;
}

/** What a worker reports. */
export interface WorkerEvents {
  message(message: unknown): void;
  /** The worker has failed outside of a job, or is gone. */
  died(reason: unknown): void;
}

/** What differs between Node and browsers. */
export interface Platform {
  /** Throws where workers cannot share memory. */
  check(): void;
  /** Threads that the machine runs at once. */
  parallelism(): number;
  /** Starts a worker from the given file, by default the one that belongs to the package. */
  start(url: string | { readonly href: string } | undefined, events: WorkerEvents): WorkerHandle;
}
