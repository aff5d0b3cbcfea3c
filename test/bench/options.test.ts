import { expect, test } from "vitest";
import { commandOf, isWanted, readOptions } from "../../bench/options.js";

test("options are read", () => {
  expect(readOptions([])).toMatchObject({ quick: false, filter: [], clock: "wall" });
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

test("the command that repeats a run says nothing of where its result went", () => {
  expect(commandOf(readOptions(["--json", "a.json", "--page"]))).toBe("npm run bench");
  expect(commandOf(readOptions(["--quick", "--filter", "q k", "--json", "a.json"]))).toBe(
    'npm run bench -- --quick --filter "q k"',
  );
});
