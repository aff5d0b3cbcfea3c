import type { Floats } from "../draw.js";
import { both, type GoldenProblem } from "../problem.js";
import { qkvOf } from "./attention.js";

const edges = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 66, 127, 129, 200];

function exchanged(view: Floats): Floats {
  const turn = (list: readonly number[]): number[] => [
    ...list.slice(0, -2),
    list.at(-1)!,
    list.at(-2)!,
  ];
  return { ...view, shape: turn(view.shape), stride: turn(view.stride) };
}

const mergeProblem = both("mergeAttention: three parts and sinks", (draw, library, engine) => {
  const { query, key, value } = qkvOf(draw, { L: 7, S: 150 });
  const cuts = [0, 40, 41, 150];
  const parts = cuts.slice(1).map((end, n) => {
    const piece = (view: Floats): Floats => ({
      ...view,
      shape: [2, 2, end - cuts[n], view.shape[3]],
      offset: cuts[n] * view.stride[2],
    });
    return library.attentionWithLse(query, piece(key), piece(value), { engine });
  });
  return { ...library.mergeAttention(parts, { sinks: draw.normal([2]) }) };
});

export const opProblems: readonly GoldenProblem[] = [
  ...both("matmul: square", (draw, { matmul }, engine) => ({
    product: matmul(draw.normal([35, 70]), draw.normal([70, 67]), { engine }),
  })),
  ...(["m", "k", "n"] as const).flatMap((axis) =>
    both(`matmul: ${axis} along the edges`, (draw, { matmul }, engine) =>
      Object.fromEntries(
        edges.map((length) => {
          const sizes = { m: 5, k: 6, n: 9 };
          sizes[axis] = length;
          const { m, k, n } = sizes;
          return [length, matmul(draw.normal([m, k]), draw.normal([k, n]), { engine })];
        }),
      ),
    ),
  ),
  ...both("matmul: transposed, scattered, broadcast", (draw, { matmul }, engine) => {
    const a = draw.scattered(draw.normal([2, 1, 33, 17]));
    const b = draw.scattered(draw.normal([3, 17, 20]));
    return {
      plain: matmul(a, b, { engine }),
      "transposed a": matmul(exchanged(a), b, { engine, transposeA: true }),
      "transposed b": matmul(a, exchanged(b), { engine, transposeB: true }),
    };
  }),
  ...both("matmul: not finite", (draw, { matmul }, engine) => ({
    product: matmul(draw.wild([33, 20], 100), draw.wild([20, 35], 100), { engine }),
    "no terms": matmul(draw.normal([3, 0]), draw.normal([0, 4]), { engine }),
  })),
  ...both("softmax and logSumExp: along the edges", (draw, library, engine) =>
    Object.fromEntries(
      edges.flatMap((length) => {
        const x = draw.normal([3, length], 5);
        return [
          [`softmax ${length}`, library.softmax(x, { engine })],
          [`lse ${length}`, library.logSumExp(x, { engine })],
        ];
      }),
    ),
  ),
  ...both("softmax and logSumExp: any axis of a view", (draw, library, engine) => {
    const x = draw.scattered(draw.normal([7, 66, 5], 4));
    const allow = draw.booleans([66, 1], 60);
    return {
      first: library.softmax(x, { engine, axis: 0 }),
      middle: library.softmax(x, { engine, axis: 1, allow }),
      last: library.softmax(x, { engine }),
      "lse of the middle": library.logSumExp(x, { engine, axis: 1 }),
    };
  }),
  ...both("softmax and logSumExp: not finite", (draw, library, engine) => {
    const x = draw.wild([40, 70], 300);
    x.data.fill(-Infinity, 70, 140);
    return { softmax: library.softmax(x, { engine }), lse: library.logSumExp(x, { engine }) };
  }),
  ...mergeProblem,
];
