/** What an error says: who, which argument, what was expected, what came, and the way out. */
export interface Complaint {
  fn: string;
  argument: string;
  expected: string;
  got: string;
  fix?: string;
}

function messageOf({ fn, argument, expected, got, fix }: Complaint): string {
  return `${fn}(): ${argument}: expected ${expected}; got ${got}.` + (fix ? ` Fix: ${fix}.` : "");
}

/** The wrong kind of thing. Returned, not thrown, so that the caller's control flow stays visible. */
export function typeError(complaint: Complaint): TypeError {
  return new TypeError(messageOf(complaint));
}

/** The right kind of thing with an impossible value. */
export function rangeError(complaint: Complaint): RangeError {
  return new RangeError(messageOf(complaint));
}

/** `[2, 3]`, the way shapes stand in every message. */
export function showShape(shape: readonly number[]): string {
  // A wrong shape may hold anything, and joining a symbol would throw.
  return `[${Array.from(shape, describe).join(", ")}]`;
}

/** A short name for any value a caller may pass by mistake. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(clip(value));
  if (typeof value === "number" || typeof value === "boolean") return numeral(value);
  if (typeof value === "bigint") return `the bigint ${clip(String(value))}n`;
  if (typeof value !== "object") return `a ${typeof value}`;
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  const view = value as { data?: unknown; shape?: unknown };
  if (ArrayBuffer.isView(value)) return `a bare ${tagOf(value)}`;
  if (Array.isArray(view.shape)) return `${tagOf(view.data)} ${showShape(view.shape)}`;
  return `an object (${tagOf(value)})`;
}

// String(-0) is "0", which would hide the reason of a complaint.
function numeral(value: number | boolean): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** `Float32Array`, `Array`, `Object`: works across realms, where `instanceof` does not. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
