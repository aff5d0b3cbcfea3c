import { expect, test } from "vitest";
import { checkOptions, ownOf } from "../../src/tensor/index.js";

const known = ["causal", "window"];
const check = (options: unknown): void =>
  void checkOptions("f", options, known, { "write x": "look_back is_causal" });

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
  for (const name of ["casual", "Causal", "causa", "causall", "couzal"]) {
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

test("a name of another library has its hint, even where it is close to a known one", () => {
  const hints = { "write y": "windows" };
  expect(() => checkOptions("f", { windows: 1 }, known, hints)).toThrow("Fix: write y.");
});

test("a typo is two letters, or one of a short name; a name that holds another is none", () => {
  const fixOf = (name: string): string | undefined => {
    try {
      checkOptions("f", { [name]: 1 }, ["out", "causal", "keyLengths"]);
    } catch (error) {
      return /Fix: write `(.*)`/.exec((error as Error).message)?.[1];
    }
    return "no error";
  };
  for (const name of ["ou", "outt", "uot", "put", "oat"]) expect(fixOf(name)).toBe("out");
  for (const name of ["keyLenght", "keylength", "kyLengths", "keeLengthz"]) {
    expect(fixOf(name)).toBe("keyLengths");
  }
  for (const name of ["output", "outer", "o", "causality", "causal_mask", "lengths", "xyz", ""]) {
    expect(fixOf(name)).toBe(undefined);
  }
});

test("what comes back are the own options, which inherit nothing", () => {
  const given = Object.assign(Object.create({ window: 3 }) as object, { causal: true });
  const own = checkOptions("f", given, known);
  expect(own).toEqual({ causal: true });
  expect("window" in own || "toString" in own).toBe(false);
  expect("toString" in checkOptions<object>("f", undefined, known)).toBe(false);
  expect(() => checkOptions("f", JSON.parse('{ "__proto__": 1 }'), known)).toThrow("__proto__");
  expect("toString" in ownOf({ causal: true })).toBe(false);
});
