import { expect, test } from "vitest";
import { choice, commandLine, flag, integer, list, path } from "../../bench/commandLine.js";
import { benchLine, isWanted, peersLine, plotsLine } from "../../bench/options.js";
import { lawsLine } from "../../bench/peers/laws/options.js";

const { read, usage } = commandLine("try", {
  fast: flag("a switch", true),
  dry: flag("a switch that is not repeated"),
  word: list("<text>", "some words"),
  file: path("<file>", "a file"),
  runs: integer("a number", 1, 60),
  clock: choice(["wall", "cpu"], "a choice"),
});

test("an option that is not given has its usual value", () => {
  expect(read([])).toEqual({
    ...{ fast: false, dry: false, word: [], file: undefined, runs: 60, clock: "wall" },
    ...{ command: "npm run try", help: false },
  });
});

test("options are read", () => {
  const args = ["--fast", "--word", "a", "--word", "b c", "--runs", "3", "--clock", "cpu"];
  expect(read([...args, "--file", "x.json"])).toMatchObject({
    ...{ fast: true, word: ["a", "b c"], runs: 3, clock: "cpu", file: "x.json" },
  });
});

test("the command that repeats a run says nothing of where its result went", () => {
  expect(read(["--dry", "--file", "a.json"]).command).toBe("npm run try");
  expect(read(["--word", "q k", "--fast", "--runs", "5", "--dry"]).command).toBe(
    'npm run try -- --fast --word "q k" --runs 5',
  );
});

test.each([["--slow"], ["--runs", "0"], ["--runs", "x"], ["--clock", "sun"], ["word"], ["--word"]])(
  "%s %s is refused",
  (...args) => {
    expect(() => read(args)).toThrow(TypeError);
  },
);

test("--help names every option with what it takes", () => {
  for (const part of ["npm run try", "--word <text>", "be repeated", "--clock <wall|cpu>"]) {
    expect(usage).toContain(part);
  }
});

test("a title is wanted if it holds any of the words", () => {
  expect(isWanted("attention 5×64 Causal float32", [])).toBe(true);
  expect(isWanted("attention 5×64 Causal float32", ["matmul", "causal"])).toBe(true);
  expect(isWanted("attention 5×64 Causal float32", ["window"])).toBe(false);
});

test("the programs share the options of what they share", () => {
  const args = ["--quick", "--from", "a", "--from", "b", "--rounds", "2"];
  for (const { read } of [benchLine, peersLine, plotsLine]) {
    expect(read(args)).toMatchObject({ quick: true, from: ["a", "b"], rounds: 2 });
  }
  expect(benchLine.read(["--clock", "cpu"]).clock).toBe("cpu");
  expect(peersLine.read(["--filter", "causal"]).filter).toEqual(["causal"]);
  expect(() => peersLine.read(["--clock", "cpu"])).toThrow();
  expect(() => plotsLine.read(["--filter", "dense"])).toThrow();
  expect(plotsLine.read(["--out", "x"]).out).toBe("x");
});

test("the page of the laws holds the whole matrix, or is not filled", () => {
  expect(lawsLine.read(["--page"])).toMatchObject({ page: true, runs: 60, seed: 1 });
  expect(() => lawsLine.read(["--page", "--runs", "5"])).toThrow(/all laws/);
  expect(lawsLine.read(["--seed", "0", "--skip", "lse"]).command).toBe(
    "npm run laws:peers -- --skip lse --seed 0",
  );
});
