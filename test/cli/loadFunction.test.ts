import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { chooseFunction, loadFunction } from "../../src/cli/check/loadFunction.js";
import { nearest } from "../../src/cli/usageError.js";

const [f, g] = [() => 1, () => 2];

describe("the function of a module", () => {
  const chosen: Record<string, [module: Record<string, unknown>, name: string | undefined, exported: string]> = {
    "the default export": [{ default: f, other: g }, undefined, "default"],
    "attention": [{ attention: f, other: g }, undefined, "attention"],
    "the only function": [{ mine: f, supports: {} }, undefined, "mine"],
    "one under two names": [{ default: f, attention: f }, undefined, "default"],
    "one under two other names": [{ a: f, b: f }, undefined, "a"],
    "a property of the default export": [{ default: { attention: f } }, undefined, "default.attention"],
    "what CommonJS shows twice": [{ default: { attention: f }, attention: f, "module.exports": {} }, undefined, "attention"],
    "the name that is asked for": [{ a: g, b: f }, "b", "b"],
    "the default export by its name": [{ default: f, attention: g }, "default", "default"],
  }; // prettier-ignore
  for (const [name, [module, asked, exported]] of Object.entries(chosen)) {
    it(name, () => {
      expect(chooseFunction(module, asked)).toMatchObject({ fn: f, exported });
    });
  }

  it("otherwise an error that lists what there is", () => {
    expect(() => chooseFunction({ a: f, b: g }, undefined)).toThrow("the exported functions a, b");
    expect(() => chooseFunction({ default: f, attention: g }, undefined)).toThrow(
      "attention, default",
    );
    expect(() => chooseFunction({ x: 1 }, undefined)).toThrow("got no exported function");
    expect(() => chooseFunction({ a: f }, "b")).toThrow(
      'an export "b" that is a function; got the exported function a',
    );
  });

  it("supports is an export, in the object that is exported, or a property of the function", () => {
    const supports = { causal: "square" };
    expect(chooseFunction({ attention: f, supports }, undefined).supports).toBe(supports);
    expect(chooseFunction({ default: { attention: f, supports } }, undefined).supports).toBe(
      supports,
    );
    const own = Object.assign(() => 1, { supports });
    expect(chooseFunction({ default: own }, undefined).supports).toBe(supports);
    expect(chooseFunction({ attention: f }, undefined).supports).toBeUndefined();
  });

  it("is imported from its file", async () => {
    const file = fileURLToPath(new URL("../../src/cli/selftest/library.ts", import.meta.url));
    expect((await loadFunction(file, undefined)).exported).toBe("library");
  });
});

it("the nearest name, if one is near", () => {
  expect(nearest("causl", ["causal", "scale"])).toBe("causal");
  expect(nearest("onyl", ["only", "skip"])).toBe("only");
  expect(nearest("z", ["causal", "softcap-order"])).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});
