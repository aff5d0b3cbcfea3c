/** True for memory that several threads may see. By name, which works across realms. */
export function isShared(buffer: ArrayBufferLike): boolean {
  return Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]";
}

/**
 * Whether writing to `out` may change what is read from `buffers`. Shared memory that was sent to another
 * thread and back is another object for the same bytes.
 */
export function mayOverlap(out: ArrayBufferLike, buffers: readonly ArrayBufferLike[]): boolean {
  return buffers.includes(out) || (isShared(out) && buffers.some(isShared));
}
