import { fork } from "node:child_process";
import { once } from "node:events";
import type { LawResult } from "../../testing/types.js";
import type { Calling, FromChild, Loaded, Order, ToChild } from "./messages.js";

/** How a child ended. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "stopped" }
  | { readonly kind: "refused"; readonly message: string }
  /** The function did not return, or ended the process; in this call, if it was called at all. */
  | { readonly kind: "failed"; readonly message: string; readonly call: Calling | undefined };

export interface ChildEvents {
  loaded(loaded: Loaded): void;
  call(call: Calling): void;
  law(result: LawResult): void;
}

/** Milliseconds beyond the time of a promise, which the child itself watches. */
const grace = 1500;
/** Milliseconds for loading a module, which may have a model with it, where there is no budget for everything. */
const mostLoading = 60_000;

/**
 * Checks in a process of its own. Whatever the function does there, the promise resolves: the process is ended
 * where nothing was heard of it for too long, or a moment after `stop` was aborted.
 */
export async function runChild(
  program: string | URL,
  execArgv: readonly string[],
  order: Order,
  stop: AbortSignal,
  events: ChildEvents,
): Promise<Outcome> {
  const child = fork(program, [], {
    execArgv: [...execArgv],
    serialization: "advanced",
    // What the function prints is no part of a report.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  let outcome: Outcome | undefined;
  let call: Calling | undefined;
  let timer: NodeJS.Timeout | undefined;
  const end = (last: Outcome): void => {
    outcome ??= last;
    child.kill("SIGKILL");
  };
  const watch = (milliseconds: number, message: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => end({ kind: "failed", message, call }), milliseconds);
  };
  const send = (message: ToChild): void => void (child.connected && child.send(message));
  const interrupt = (): void => {
    send({ type: "stop" });
    watch(1000, "");
  };
  stop.addEventListener("abort", interrupt, { once: true });
  // In a loop without end it would not notice that it is alone.
  const leave = (): void => void child.kill("SIGKILL");
  process.once("exit", leave);

  const late = `the call did not return within ${order.timeout} ms`;
  child.on("message", (message: FromChild) => {
    // After a stop, the last second is running.
    if (!stop.aborted) watch(order.timeout + grace, late);
    if (message.type === "loaded") events.loaded(message.loaded);
    if (message.type === "call") events.call((call = message.call));
    if (message.type === "law") events.law(message.result);
    if (message.type === "refused") outcome ??= { kind: "refused", message: message.message };
    if (message.type === "done") outcome ??= { kind: "done" };
    if (message.type === "uncaught") {
      const what = `an error outside of the call: ${message.message}`;
      outcome ??= { kind: "failed", message: what, call };
    }
  });
  child.on("error", (error) => end({ kind: "refused", message: error.message }));
  const loading = Math.min(mostLoading, Math.max(1000, order.budget ?? mostLoading));
  watch(loading, `the module did not finish loading within ${loading / 1000} s`);
  send({ type: "start", order });
  if (stop.aborted) interrupt();

  // Its last messages come before it disconnects.
  const disconnected = child.connected ? once(child, "disconnect") : undefined;
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  await disconnected;
  clearTimeout(timer);
  stop.removeEventListener("abort", interrupt);
  process.off("exit", leave);
  if (stop.aborted) return { kind: "stopped" };
  return outcome ?? { kind: "failed", message: endOf(code, signal), call };
}

function endOf(code: number | null, signal: string | null): string {
  if (signal === "SIGABRT" || code === 134)
    return "the process was aborted: it may be out of memory";
  if (signal !== null) return `the process was ended by ${signal}`;
  return `the function ended the process (exit code ${code})`;
}
