/**
 * Copies options, and lists in them, into plain arrays and objects. The structured clone that a message
 * makes would refuse the proxies of some frameworks, and copy all memory behind a short typed array.
 */
export function plainCopy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>) as T;
  if (Array.isArray(value)) return Array.from(value, plainCopy) as T;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, plainCopy(it)])) as T;
}
