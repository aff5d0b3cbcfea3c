import { both, type GoldenProblem } from "../problem.js";
import { everything, qkvOf, stated } from "./attention.js";

const range = (length: number, of: (i: number) => number): number[] =>
  Array.from({ length }, (_, i) => of(i));

export const maskProblems: readonly GoldenProblem[] = [
  ...stated("causal", { B: 1, L: 129, S: 129 }, () => ({ causal: true })),
  ...stated("causal, bottom right", { B: 1, L: 33, S: 200 }, () => ({ causal: "bottomRight" })),
  ...stated("causal, top left", { L: 70, S: 40 }, () => ({ causal: "topLeft" })),
  ...stated("causal, an offset for each entry", { H: 1, L: 66, S: 150 }, () => ({
    causal: { offset: [-3, 90] },
  })),
  ...stated("window", { B: 1, L: 70, S: 170 }, () => ({
    window: { left: 20, right: 5, align: { offset: 60 } },
  })),
  ...stated("window under causal", { B: 1, H: 1, L: 150, S: 150 }, () => ({
    causal: true,
    window: { left: 40 },
  })),
  ...stated("lengths", { L: 20, S: 150 }, () => ({
    keyLengths: [67, 128],
    queryLengths: [20, 11],
    causal: "bottomRight",
  })),
  ...stated("segments", { B: 1, L: 90, S: 90 }, (_, { masks }) => ({
    allow: masks.segments(range(90, (i) => Math.floor(i / 37))),
    causal: true,
  })),
  ...stated("allow, full rank", { L: 33, S: 140 }, (draw) => ({
    allow: draw.booleans([2, 2, 33, 140], 60),
  })),
  ...stated("block, one row for all", { L: 33, S: 140 }, (draw) => ({
    block: draw.booleans([140], 50),
  })),
  ...stated("or, not, prefix, where", { L: 66, S: 140 }, (draw, { masks }) => ({
    allow: masks.and(
      masks.or(masks.prefix(9), masks.causal({ offset: 70 }), draw.booleans([66, 140], 10)),
      masks.not(masks.where((b, h, i, j) => (b + 2 * h + 3 * i + 5 * j) % 7 === 0)),
    ),
  })),
  ...stated("bias", { L: 35, S: 130 }, (draw) => {
    const bias = draw.normal([1, 2, 35, 130]);
    for (let n = 0; n < 1500; n++) bias.data[draw.below(bias.data.length)] = -Infinity;
    return { bias };
  }),
  ...stated("alibi and a bias", { L: 66, S: 130 }, (draw, { alibiSlopes, biases }) => ({
    bias: biases.sum(
      biases.alibi(alibiSlopes(2), { align: { offset: 60 } }),
      draw.normal([2, 1, 1, 130]),
    ),
    causal: { offset: 60 },
  })),
  ...(["zero", "nan"] as const).flatMap((emptyRow) =>
    stated(`empty rows are ${emptyRow}`, { L: 30, S: 70 }, (draw) => ({
      allow: draw.booleans([30, 1], 50),
      queryLengths: [30, 20],
      emptyRow,
    })),
  ),
  ...both("attention: everything at once", (draw, library, engine) => {
    const { masks, biases, alibiSlopes } = library;
    const inputs = qkvOf(draw, { H: 4, Hkv: 2, L: 67, S: 140, D: 9, E: 7 });
    const bias = draw.normal([67, 140], 3);
    for (let n = 0; n < 500; n++) bias.data[draw.below(bias.data.length)] = -Infinity;
    const scattered = {
      query: draw.scattered(inputs.query),
      key: draw.scattered(inputs.key),
      value: draw.scattered(inputs.value),
    };
    return everything(library, scattered, {
      engine,
      grouped: true,
      scale: 1.3,
      softcap: 2,
      sinks: draw.normal([4]),
      causal: { offset: [70, 10] },
      window: { left: 100 },
      keyLengths: [140, 129],
      queryLengths: [60, 67],
      allow: masks.or(masks.prefix(3), draw.booleans([2, 1, 67, 140], 70)),
      block: draw.booleans([1, 4, 1, 140], 5),
      bias: biases.sum(bias, biases.alibi(alibiSlopes(4), { align: { offset: 70 } })),
    });
  }),
];
