import type { Draw, Floats } from "../draw.js";
import type { Results } from "../hash.js";
import { both, type Engine, type GoldenProblem, type Library } from "../problem.js";

interface Sizes {
  readonly B?: number;
  readonly H?: number;
  readonly Hkv?: number;
  readonly L: number;
  readonly S: number;
  readonly D?: number;
  readonly E?: number;
}

export type Options = NonNullable<Parameters<Library["attention"]>[3]>;

/** Normal `query`, `key` and `value`, 2 batch entries of 2 heads unless said. */
export function qkvOf(draw: Draw, { B = 2, H = 2, Hkv = H, L, S, D = 11, E = 13 }: Sizes) {
  return {
    query: draw.normal([B, H, L, D]),
    key: draw.normal([B, Hkv, S, D]),
    value: draw.normal([B, Hkv, S, E]),
  };
}

type Inputs = ReturnType<typeof qkvOf>;

/** The output alone and the stages of a trace: the engines compute them apart from each other. */
export function everything(
  library: Library,
  { query, key, value }: Inputs,
  options: Options,
): Results {
  const output = library.attention(query, key, value, options);
  const trace = library.attentionTrace(query, key, value, options);
  return {
    output,
    scores: trace.scores,
    // Without their options they are the stage before.
    ...(options.softcap === undefined ? {} : { capped: trace.capped }),
    ...(options.bias === undefined ? {} : { biased: trace.biased }),
    masked: trace.masked,
    weights: trace.weights,
    "traced output": trace.output,
    lse: trace.lse,
  };
}

/** A problem of normal numbers with some options. */
export function stated(
  name: string,
  sizes: Sizes,
  options: (draw: Draw, library: Library) => Options = () => ({}),
): GoldenProblem[] {
  return both(`attention: ${name}`, (draw, library, engine) => {
    const inputs = qkvOf(draw, sizes);
    return everything(library, inputs, { engine, ...options(draw, library) });
  });
}

const edges = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 200];

/** One size at a time over the edges of lanes, tiles and blocks. */
function along(axis: "L" | "S" | "D" | "E"): GoldenProblem[] {
  return both(`attention: ${axis} along the edges`, (draw, { attentionWithLse }, engine) => {
    const results: Record<string, Floats> = {};
    for (const length of edges) {
      const { query, key, value } = qkvOf(draw, {
        ...{ B: 1, H: 1, L: 5, S: 67, D: 6, E: 9 },
        [axis]: length,
      });
      const { output, lse } = attentionWithLse(query, key, value, { engine });
      Object.assign(results, { [`output ${length}`]: output, [`lse ${length}`]: lse });
    }
    return results;
  });
}

function withOut(draw: Draw, library: Library, engine: Engine): Results {
  const { query, key, value } = qkvOf(draw, { L: 9, S: 70 });
  const out = draw.scattered(draw.normal([2, 2, 9, 13]));
  library.attention(query, key, value, { engine, out });
  const { data } = out;
  // The gaps too: nothing but the output may be written.
  return { memory: { data, shape: [data.length], stride: [1], offset: 0 } };
}

export const attentionProblems: readonly GoldenProblem[] = [
  ...stated("one token", { B: 1, H: 1, L: 1, S: 1, D: 1, E: 1 }),
  ...stated("dense", { L: 66, S: 130, D: 16, E: 24 }),
  ...both("attention: weights and lse alone", (draw, library, engine) => {
    const { query, key, value } = qkvOf(draw, { L: 33, S: 130, D: 16, E: 24 });
    const options = { engine, causal: "bottomRight" } as const;
    const { output, weights } = library.attentionWithWeights(query, key, value, options);
    const withLse = library.attentionWithLse(query, key, value, options);
    return { output, weights, "output beside lse": withLse.output, lse: withLse.lse };
  }),
  ...stated("decode", { H: 4, L: 1, S: 300, D: 32, E: 32 }),
  ...along("L"),
  ...along("S"),
  ...along("D"),
  ...along("E"),
  ...stated("no keys", { L: 3, S: 0 }),
  ...stated("no features", { L: 3, S: 5, D: 0 }, () => ({ scale: 1 })),
  ...stated("grouped", { H: 6, Hkv: 2, L: 17, S: 66 }, () => ({ grouped: true })),
  ...stated("scale", { L: 5, S: 65 }, () => ({ scale: -0.7 })),
  ...stated("scale 0", { L: 5, S: 65 }, () => ({ scale: 0 })),
  ...stated("softcap", { L: 7, S: 131 }, () => ({ softcap: 0.8 })),
  ...stated("sinks", { L: 7, S: 131 }, (draw) => ({ sinks: draw.normal([2]) })),
  ...both("attention: sequence first, scattered in memory", (draw, library, engine) => {
    const [query, key, value] = [
      [2, 17, 2, 12],
      [2, 67, 2, 12],
      [2, 67, 2, 10],
    ].map((shape) => draw.scattered(draw.normal(shape)));
    return everything(library, { query, key, value }, { engine, layout: "BLHD" });
  }),
  ...both("attention: one head, ties", (draw, library, engine) => {
    const [query, key, value] = [
      [65, 4],
      [129, 4],
      [129, 3],
    ].map((shape) => draw.halves(shape));
    return everything(library, { query, key, value }, { engine });
  }),
  ...both("attention: keys that are all the same", (draw, library, engine) => {
    const { query, key, value } = qkvOf(draw, { L: 5, S: 1 });
    const repeated = (view: Floats): Floats => ({
      ...view,
      shape: [2, 2, 100, view.shape[3]],
      stride: [...view.stride.slice(0, 2), 0, 1],
    });
    return everything(library, { query, key: repeated(key), value: repeated(value) }, { engine });
  }),
  ...both("attention: five thousand keys", (draw, { attentionWithLse }, engine) => {
    const { query, key, value } = qkvOf(draw, { B: 1, H: 2, L: 3, S: 5000, D: 5, E: 6 });
    return { ...attentionWithLse(query, key, value, { engine }) };
  }),
  ...both("attention: out", withOut),
];
