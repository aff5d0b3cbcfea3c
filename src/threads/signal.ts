import { describe, ownOf, typeError } from "../tensor/index.js";

/** What is used of an `AbortSignal`. */
export interface AbortSignalLike {
  /** True once the call is to be given up. */
  readonly aborted: boolean;
  /** What the call rejects with. */
  readonly reason?: unknown;
  /** Says when `aborted` becomes true. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Takes a listener back. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Takes `signal` out of the options; whatever else they are is checked with the call. */
export function splitSignal<O extends object>(
  fn: string,
  options: (O & { signal?: AbortSignalLike | undefined }) | undefined,
): { signal: AbortSignalLike | undefined; rest: O | undefined } {
  if (Object.prototype.toString.call(options) !== "[object Object]") {
    return { signal: undefined, rest: options };
  }
  const { signal, ...rest } = ownOf(options!);
  const isSignal =
    typeof signal?.aborted === "boolean" && typeof signal.addEventListener === "function";
  if (signal !== undefined && !isSignal) {
    const expected = "an AbortSignal";
    throw typeError(
      fn,
      "options.signal",
      expected,
      describe(signal),
      "write `signal: controller.signal`",
    );
  }
  return { signal, rest: rest as unknown as O };
}
