// Timers exist wherever JavaScript runs, but are no part of the language.
interface Timers {
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

const timers = globalThis as unknown as Timers;

/** A promise that settles after some time, unless it is cancelled. */
export function sleep(milliseconds: number): { promise: Promise<void>; cancel: () => void } {
  let timer: unknown;
  const promise = new Promise<void>((resolve) => {
    timer = timers.setTimeout(resolve, milliseconds);
  });
  return { promise, cancel: () => timers.clearTimeout(timer) };
}
