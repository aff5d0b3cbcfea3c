import type { KvCache } from "../../core.js";
import type { Draw, Floats } from "../draw.js";
import { both, type Engine, type GoldenProblem, type Library } from "../problem.js";
import { qkvOf } from "./attention.js";

/** A cache for `qkvOf` with grouped heads, in the precision of the problem. */
function open(draw: Draw, library: Library, engine: Engine, window?: { left: number }): KvCache {
  const cache = library.createKvCache({
    ...{
      batch: 2,
      kvHeads: 2,
      headSize: 11,
      valueSize: 13,
      capacity: 200,
      dtype: draw.dtype as "float32",
    },
    // A cache has no float64 reference.
    engine: engine === "reference" ? "auto" : engine,
    window,
  });
  return cache as unknown as KvCache;
}

/** Positions `from … to − 1` of a `[B, H, positions, n]` tensor, as a view. */
function slice(view: Floats, from: number, to: number): Floats {
  const [batch, heads, , size] = view.shape;
  return {
    ...view,
    shape: [batch, heads, to - from, size],
    offset: view.offset + from * view.stride[2],
  };
}

const sizes = { H: 4, Hkv: 2, L: 150, S: 150 };
const grouped = { grouped: true } as const;

export const decodeProblems: readonly GoldenProblem[] = [
  ...both("decode: a prompt, then steps over the edge of a tile", (draw, library, engine) => {
    const { query, key, value } = qkvOf(draw, sizes);
    const cache = open(draw, library, engine);
    const results: Record<string, Floats> = {};
    for (const [from, to] of [
      [0, 61],
      [61, 62],
      [62, 67],
      [67, 127],
      ...[127, 128, 129].map((position) => [position, position + 1]),
    ]) {
      cache.append(slice(key, from, to), slice(value, from, to));
      const { output, lse } = cache.attentionWithLse(slice(query, from, to), grouped);
      Object.assign(results, { [`output ${to}`]: output, [`lse ${to}`]: lse });
    }
    cache.release();
    return results;
  }),
  ...both("decode: a window that gives up keys", (draw, library, engine) => {
    const { query, key, value } = qkvOf(draw, sizes);
    const cache = open(draw, library, engine, { left: 40 });
    const results: Record<string, Floats> = {};
    for (let from = 0; from < 150; from += 10) {
      cache.append(slice(key, from, from + 10), slice(value, from, from + 10));
      results[from] = cache.attention(slice(query, from, from + 10), grouped);
    }
    cache.release();
    return results;
  }),
  ...both("decode: truncate and fork", (draw, library, engine) => {
    const { query, key, value } = qkvOf(draw, sizes);
    const cache = open(draw, library, engine);
    const append = (to: typeof cache, from: number, end: number): void =>
      to.append(slice(key, from, end), slice(value, from, end));
    append(cache, 0, 100);
    cache.truncate(90);
    const fork = cache.fork();
    append(cache, 100, 103);
    append(fork, 120, 121);
    const options = { ...grouped, softcap: 2, sinks: draw.normal([4]) };
    const results = {
      "behind the cut": cache.attention(slice(query, 100, 103), options),
      "in the fork": fork.attention(slice(query, 120, 121), options),
      "weights of the fork": fork.attentionWithWeights(slice(query, 119, 121), grouped).weights,
    };
    cache.release();
    fork.release();
    return results;
  }),
];
