import { both, one, type GoldenProblem } from "../problem.js";

// The elementary functions have no names of their own in the library: each shows up alone where the
// rest of an equation is exact.

const count = 4096;

/** Numbers over many powers of two, from 2⁻³⁰ to about `2^most`. */
function spread(draw: { bits(): number; below(count: number): number }, most: number): number[] {
  return Array.from({ length: count }, () => {
    const mantissa = 1 + draw.bits() / 0x100000000;
    let power = 1;
    const exponent = draw.below(31 + most) - 30;
    for (let n = 0; n < Math.abs(exponent); n++) power *= exponent < 0 ? 0.5 : 2;
    return (draw.below(2) ? -1 : 1) * mantissa * power;
  });
}

export const elementaryProblems: readonly GoldenProblem[] = [
  // The weight of the smaller of two scores, x and 0, is e/(1 + e) with e = exp(−|x|).
  ...both("elementary: exp", (draw, { softmax }, engine) => {
    const numbers = spread(draw, 9).flatMap((x) => [-Math.abs(x), 0]);
    return { powers: softmax(draw.floats(numbers, [count, 2]), { engine }) };
  }),
  // n equal scores of 0 have the lse log n.
  ...both("elementary: log", (draw, { logSumExp }, engine) =>
    Object.fromEntries(
      [1, 2, 3, 5, 10, 63, 64, 65, 100, 1000, 4097].map((length) => [
        length,
        logSumExp(draw.floats(new Array<number>(length).fill(0)), { engine }),
      ]),
    ),
  ),
  // With softcap 1 and one feature the capped score is tanh(q·k).
  ...both("elementary: tanh", (draw, { attentionTrace }, engine) => {
    const key = draw.floats(spread(draw, 5), [count, 1]);
    const query = draw.floats([1], [1, 1]);
    const { capped } = attentionTrace(query, key, key, { engine, scale: 1, softcap: 1 });
    return { capped };
  }),
  ...both("elementary: sin and cos", (draw, { rotary }) => {
    const x = draw.floats(new Array<number>(count).fill(1), [count / 2, 2]);
    const positions = draw.floats(spread(draw, 20).slice(0, count / 2));
    return { turned: rotary(x, { positions }, { pairing: "half" }) };
  }),
  ...(["float32", "float64"] as const).flatMap((dtype) =>
    one("sinusoidal and alibiSlopes", dtype, (draw, { alibiSlopes, sinusoidal }) => ({
      interleaved: sinusoidal(130, 24, { dtype: dtype as "float32" }),
      concatenated: sinusoidal(70, 10, {
        dtype: dtype as "float32",
        order: "concatenated",
        base: 500,
        endpoint: true,
      }),
      slopes: draw.floats(alibiSlopes(12)),
    })),
  ),
];
