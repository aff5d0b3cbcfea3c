/**
 * What happened to an engine or its workers: no fault of an argument, so neither a TypeError nor a
 * RangeError, but in the words of every other message.
 */
export function engineError(
  fn: string,
  expected: string,
  got: string,
  fix?: string,
  cause?: unknown,
): Error {
  const message = `${fn}(): engine: expected ${expected}; got ${got}.${fix ? ` Fix: ${fix}.` : ""}`;
  return new Error(message, cause === undefined ? {} : { cause });
}
