import { expect, test } from "vitest";
import { isWanted, readOptions } from "../../bench/options.js";

test("options are read", () => {
  expect(readOptions([])).toMatchObject({ quick: false, filter: [], clock: "wall", against: [] });
  expect(
    readOptions(["--quick", "--filter", "causal", "--filter", "gqa", "--rounds", "3"]),
  ).toMatchObject({ quick: true, filter: ["causal", "gqa"], rounds: 3 });
});

test.each([["--fast"], ["--rounds", "0"], ["--rounds", "x"], ["--clock", "sun"], ["word"]])(
  "%s %s is refused",
  (...args) => {
    expect(() => readOptions(args)).toThrow();
  },
);

test("a title is wanted if it holds any of the words", () => {
  expect(isWanted("attention 5×64 Causal float32", [])).toBe(true);
  expect(isWanted("attention 5×64 Causal float32", ["matmul", "causal"])).toBe(true);
  expect(isWanted("attention 5×64 Causal float32", ["window"])).toBe(false);
});
