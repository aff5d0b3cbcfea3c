import { describe, expect, it } from "vitest";
import * as oracle from "./oracle.js";

describe("the oracle of elementary functions", () => {
  // Published digits: OEIS A000796, A002162, A001113, A049469, A049470, A073744, A002392.
  it("agrees with published digits to 60 decimals", () => {
    const P = 320;
    const pi = { mantissa: oracle.pi(P), exponent: -P };
    const ln2 = { mantissa: oracle.ln2(P), exponent: -P };
    const digits = {
      pi: "3.141592653589793238462643383279502884197169399375105820974944",
      ln2: "0.693147180559945309417232121458176568075500134360255254120680",
      e: "2.718281828459045235360287471352662497757247093699959574966967",
      sin1: "0.841470984807896506652502321630298999622563060798371065672751",
      cos1: "0.540302305868139717400936607442976603732310420617922227670097",
      tanh1: "0.761594155955764888119458282604793590412768597257936551596810",
      ln10: "2.302585092994045684017991454684364207601101488628772976033327",
    };
    expect(oracle.decimals(pi, 60)).toBe(digits.pi);
    expect(oracle.decimals(ln2, 60)).toBe(digits.ln2);
    expect(oracle.decimals(oracle.log(2), 60)).toBe(digits.ln2);
    expect(oracle.decimals(oracle.exp(1), 60)).toBe(digits.e);
    expect(oracle.decimals(oracle.sin(1), 60)).toBe(digits.sin1);
    expect(oracle.decimals(oracle.cos(1), 60)).toBe(digits.cos1);
    expect(oracle.decimals(oracle.tanh(1), 60)).toBe(digits.tanh1);
    expect(oracle.decimals(oracle.log(10), 60)).toBe(digits.ln10);
  });

  it("reduces the classic large angle: cos 10²² = 0.5232147853951389…", () => {
    expect(oracle.decimals(oracle.cos(1e22), 40)).toBe(
      "0.5232147853951389454975944733847094921409",
    );
    expect(oracle.decimals(oracle.sin(-1e22), 16)).toBe("0.8522008497671888");
  });

  it("keeps significant digits of tiny results", () => {
    for (const [f, x] of [
      [oracle.sin, 2 ** -1000],
      [oracle.tanh, -(2 ** -1000)],
      [oracle.sin, 5e-324],
    ] as const) {
      expect(oracle.ulpError(x, f(x), "float64")).toBe(0);
    }
    expect(oracle.ulpError(2 ** -40 - 2 ** -81, oracle.log(1 + 2 ** -40), "float64")).toBeLessThan(
      1,
    );
  });

  it("reads float64 exactly and measures distance in ULP", () => {
    expect(oracle.exactly(-1.5)).toEqual({ mantissa: -3n << 51n, exponent: -52 });
    expect(oracle.exactly(5e-324)).toEqual({ mantissa: 1n, exponent: -1074 });
    const one = { mantissa: 1n, exponent: 0 };
    expect(oracle.ulpError(1 + 2 ** -52, one, "float64")).toBe(1);
    expect(oracle.ulpError(1 - 2 ** -53, one, "float64")).toBe(0.5);
    expect(oracle.ulpError(1 + 2 ** -23, one, "float32")).toBe(1);
    expect(oracle.ulpError(2 ** -149, { mantissa: 0n, exponent: 0 }, "float32")).toBe(1);
    expect(oracle.ulpError(1, { mantissa: 3n, exponent: -1 }, "float32")).toBe(2 ** 22);
  });
});
