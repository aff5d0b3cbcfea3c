import { expect, test } from "vitest";
import { checkOptions } from "../../src/tensor/index.js";

const known = ["causal", "window"];
const check = (options: unknown): void =>
  checkOptions("f", options, known, { is_causal: "write x" });

test("known options and no options pass", () => {
  check(undefined);
  check({});
  check({ causal: true, window: undefined });
});

test("options are an object", () => {
  for (const [options, got] of [
    [null, "null"],
    [3, "3"],
    [[true], "[true]"],
    ["causal", '"causal"'],
  ] as const) {
    expect(() => check(options)).toThrow(
      new TypeError(`f(): options: expected an object with any of causal, window; got ${got}.`),
    );
  }
});

test("an unknown option is an error, even if it is undefined", () => {
  const unknown = (name: string, expected: string, fix = ""): TypeError =>
    new TypeError(`f(): options.${name}: expected ${expected}; got "${name}".${fix}`);
  expect(() => check({ dropout: undefined })).toThrow(unknown("dropout", "one of causal, window"));
  // The same name in another spelling has the same hint.
  for (const name of ["isCausal", "is_causal", "IsCausal", "is-causal"]) {
    expect(() => check({ [name]: true })).toThrow(unknown(name, "a known name", " Fix: write x."));
  }
  // So has a name with letters missing, added or in another order.
  for (const name of ["casual", "Causal", "causa", "causalMask"]) {
    expect(() => check({ [name]: true })).toThrow(
      unknown(name, "a known name", " Fix: write `causal`."),
    );
  }
});

test("of two close names the closest is meant", () => {
  expect(() => checkOptions("f", { transposeb: 1 }, ["transposeA", "transposeB"])).toThrow(
    "Fix: write `transposeB`.",
  );
});

test("options of another argument are named after it", () => {
  expect(() => checkOptions("f", 3, known, {}, "angles")).toThrow(
    "f(): angles: expected an object",
  );
  expect(() => checkOptions("f", { a: 1 }, known, {}, "angles")).toThrow("f(): angles.a: expected");
});
