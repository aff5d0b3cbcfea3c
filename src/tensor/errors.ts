/** What an error says: who, which argument, what was expected, what came, and the way out. */
function messageOf(...[fn, argument, expected, got, fix]: Complaint): string {
  return `${fn}(): ${argument}: expected ${expected}; got ${got}.` + (fix ? ` Fix: ${fix}.` : "");
}

type Complaint = [fn: string, argument: string, expected: string, got: string, fix?: string];

/** The wrong kind of thing. Returned, not thrown, so that the caller's control flow stays visible. */
export function typeError(...complaint: Complaint): TypeError {
  return new TypeError(messageOf(...complaint));
}

/** The right kind of thing with an impossible value. */
export function rangeError(...complaint: Complaint): RangeError {
  return new RangeError(messageOf(...complaint));
}

/** A number with an impossible value is a RangeError; anything else in its place a TypeError. */
export function numberError(
  fn: string,
  argument: string,
  expected: string,
  value: unknown,
  fix?: string,
): TypeError | RangeError {
  const error = typeof value === "number" ? rangeError : typeError;
  return error(fn, argument, expected, describe(value), fix);
}

/** `[2, 3]`, the way shapes stand in every message. */
export function showShape(shape: readonly number[]): string {
  // A wrong shape may hold anything, and joining a symbol would throw.
  return `[${Array.from(shape, describe).join(", ")}]`;
}

/** A short name for any value a caller may pass by mistake. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(clip(value));
  // String(-0) is "0", which would hide what is wrong with it.
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  // A bigint without its n would look like the number that was asked for.
  if (typeof value === "bigint") return clip(`${value}n`);
  if (typeof value !== "object" || value === null) return clip(String(value));
  if (Array.isArray(value)) {
    const short = value.length <= 8 && !value.some(Array.isArray);
    return short ? showShape(value) : `an array of length ${value.length}`;
  }
  const { data, shape = (value as { dims?: unknown }).dims } = value as Record<string, unknown>;
  if (Array.isArray(shape)) return `${tagOf(data)} ${showShape(shape)}`;
  return ArrayBuffer.isView(value) ? `a bare ${tagOf(value)}` : `an object (${tagOf(value)})`;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** `Float32Array`, `Array`, `Object`: works across realms, where `instanceof` does not. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
