import { engineError } from "./errors.js";
import type { Platform, WorkerHandle } from "./platform.js";
import type { Job, Order, Ready, Reply } from "./protocol.js";
import { control } from "./schedule.js";
import type { Schedule } from "./schedule.js";

/** A worker and the calls that it has not answered yet. */
interface Slot {
  readonly handle: WorkerHandle;
  readonly calls: Map<number, Call>;
  ready: boolean;
}

/** A call on its way through the workers. */
interface Call {
  readonly fn: string;
  readonly total: number;
  readonly control: Int32Array;
  done: number;
  firstEmpty: number;
  resolve(firstEmpty: number): void;
  reject(error: unknown): void;
}

/** Workers, and the calls that they compute. Nothing here waits: the thread that owns it stays free. */
export class Pool {
  readonly #platform: Platform;
  readonly #url: Parameters<Platform["start"]>[0];
  readonly #slots: Slot[] = [];
  #lastId = 0;
  /** Why no more calls are taken. */
  #closed: { expected: string; got: string; cause?: unknown } | undefined;
  #ending: Promise<void> | undefined;
  #started!: { resolve(): void; reject(error: unknown): void };
  /** Resolves when every worker listens, rejects if one cannot be started. */
  readonly started: Promise<void>;

  constructor(platform: Platform, threads: number, url: Parameters<Platform["start"]>[0]) {
    this.#platform = platform;
    this.#url = url;
    this.started = new Promise((resolve, reject) => (this.#started = { resolve, reject }));
    try {
      for (let i = 0; i < threads; i++) this.#slots.push(this.#start());
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Computes a job on as many workers as its schedule has work for.
   *
   * @param stopped - receives a function that stops the call: the promise rejects with its argument.
   * @returns the first row that may attend nothing, or −1.
   */
  run(
    fn: string,
    job: Job,
    schedule: Schedule,
    stopped?: (stop: (reason: unknown) => void) => void,
  ): Promise<number> {
    this.checkOpen(fn);
    return new Promise((resolve, reject) => {
      const { total } = schedule;
      const shared = new Int32Array(new SharedArrayBuffer(4 * control.size));
      const call = { fn, total, control: shared, done: 0, firstEmpty: -1, resolve, reject };
      stopped?.((reason) => stop(call, reason));
      const id = ++this.#lastId;
      const order: Order = { id, job, schedule, control: shared };
      const idlest = [...this.#slots].sort((a, b) => a.calls.size - b.calls.size);
      for (const slot of idlest.slice(0, schedule.threads)) {
        slot.handle.post(order);
        slot.calls.set(id, call);
        slot.handle.keepAlive(true);
      }
    });
  }

  /** Throws if no more calls are taken. */
  checkOpen(fn: string): void {
    if (this.#closed) throw this.#closedError(fn);
  }

  /** Ends every worker and rejects what they were computing. */
  close(): Promise<void> {
    this.#closed ??= { expected: "an open one", got: "one that is closed" };
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    const slots = this.#slots.splice(0);
    for (const { calls } of slots) {
      for (const call of calls.values()) stop(call, this.#closedError(call.fn));
    }
    await Promise.all(slots.map(({ handle }) => handle.end()));
  }

  #closedError(fn: string): Error {
    const { expected, got, cause } = this.#closed!;
    return engineError(fn, expected, got, "write `await createThreadedEngine()` again", cause);
  }

  #start(): Slot {
    const slot: Slot = {
      handle: this.#platform.start(this.#url, {
        message: (message) => this.#receive(slot, message as Ready | Reply),
        died: (reason) => this.#replace(slot, reason),
      }),
      calls: new Map(),
      ready: false,
    };
    return slot;
  }

  #receive(slot: Slot, message: Ready | Reply): void {
    if (!this.#slots.includes(slot)) return;
    if ("ready" in message) {
      slot.ready = true;
      slot.handle.keepAlive(slot.calls.size > 0);
      if (this.#slots.every(({ ready }) => ready)) this.#started.resolve();
      return;
    }
    const call = slot.calls.get(message.id)!;
    slot.calls.delete(message.id);
    slot.handle.keepAlive(slot.calls.size > 0);
    if ("error" in message) {
      stop(call, message.error);
      return;
    }
    const { firstEmpty } = message;
    if (firstEmpty >= 0 && !(call.firstEmpty >= 0 && call.firstEmpty < firstEmpty)) {
      call.firstEmpty = firstEmpty;
    }
    call.done += message.done;
    // A worker that is still at an earlier call is not waited for: it would find nothing to do.
    if (call.done === call.total) call.resolve(call.firstEmpty);
  }

  /** A worker is gone: its calls fail, and another takes its place. */
  #replace(slot: Slot, reason: unknown): void {
    const at = this.#slots.indexOf(slot);
    if (at < 0) return;
    for (const call of slot.calls.values()) {
      const expected = "every worker to live until the call is done";
      const fix = "call again: another worker has taken its place";
      stop(call, engineError(call.fn, expected, describeDeath(reason), fix, reason));
    }
    void slot.handle.end();
    // One that never listened would fail again.
    if (!slot.ready) return this.#fail(reason);
    try {
      this.#slots[at] = this.#start();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** No worker can be started. */
  #fail(cause: unknown): void {
    this.#closed ??= {
      expected: "a worker that starts",
      got: describeDeath(cause),
      cause,
    };
    this.#started.reject(
      engineError(
        "createThreadedEngine",
        this.#closed.expected,
        this.#closed.got,
        "see that the file of the worker is served or deployed beside the package, or name it in `workerUrl`",
        cause,
      ),
    );
    void this.close();
  }
}

/** Ends a call early; workers see it at the next unit. Settled promises stay as they are. */
function stop(call: Call, reason: unknown): void {
  Atomics.store(call.control, control.stop, 1);
  call.reject(reason);
}

function describeDeath(reason: unknown): string {
  const message = (reason as Partial<Error> | undefined)?.message;
  return `a worker that ended${message ? `: ${message.replace(/\.$/, "")}` : ""}`;
}
