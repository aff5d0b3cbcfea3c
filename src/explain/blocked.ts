import type { Call } from "../attention/call.js";
import { tileSize } from "../elementary/tileSize.js";

/** The keys that query `i` of a head may not attend, as `[S]` of 1 and 0. */
export function blockedKeys(call: Call, b: number, h: number, i: number): Uint8Array {
  const { keys, mask, biases, keyCounts, queryCounts } = call;
  const allowed = new Uint8Array(keys).fill(1);
  allowed.fill(0, i < (queryCounts?.[b] ?? Infinity) ? (keyCounts?.[b] ?? keys) : 0);
  const added = new Float64Array(tileSize);
  // Masks answer for a tile at a time.
  for (let j0 = 0; j0 < keys; j0 += tileSize) {
    const j1 = Math.min(keys, j0 + tileSize);
    const tile = allowed.subarray(j0, j1);
    mask?.narrow(b, h, i, j0, j1, tile);
    for (const bias of biases) {
      bias.read(b, h, i, j0, j1, added);
      for (let j = 0; j < tile.length; j++) if (added[j] === -Infinity) tile[j] = 0;
    }
  }
  return allowed.map((may) => 1 - may);
}
