import { typeError } from "./errors.js";

/**
 * Refuses arguments that a function does not have: they would be ignored, and with them what they ask for. A
 * function of one argument may be given to `map`, which passes the index and the list behind each element.
 */
export function checkArguments(fn: string, count: number, names: readonly string[]): void {
  if (count <= names.length || (names.length === 1 && count === 3)) return;
  const most = names.length === 0 ? "none" : `at most ${names.length} (${names.join(", ")})`;
  throw typeError(fn, "arguments", most, String(count));
}
