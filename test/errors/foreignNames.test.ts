import { describe, expect, test } from "vitest";
import * as core from "../../src/core.js";
import { foreignNames, type ForeignNames } from "./foreignNames.js";
import { outcome } from "./outcome.js";

/** The hint of each name. */
function hintsOf(names: ForeignNames["names"]): Map<string, string> {
  const hints = new Map<string, string>();
  for (const [hint, list] of Object.entries(names)) {
    for (const name of list.split(" ")) if (!hints.has(name)) hints.set(name, hint);
  }
  return hints;
}

/** What a call with this name says. */
async function refusal({ call }: ForeignNames, name: string): Promise<string> {
  return (await outcome(call.replace("NAME", JSON.stringify(name)), core)).message;
}

const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The names that the function knows. */
async function knownTo(foreign: ForeignNames): Promise<string[]> {
  return /one of (.*); got/.exec(await refusal(foreign, "zzzzzz"))![1].split(", ");
}

describe.each(foreignNames)("$fn, $argument", (foreign) => {
  const hints = hintsOf(foreign.names);

  test("every name has its hint, in any spelling", async () => {
    const known = await knownTo(foreign);
    for (const [name, hint] of hints) {
      if (known.includes(name)) continue;
      for (const spelling of new Set([name, camelCase(name), name.toUpperCase()])) {
        expect(await refusal(foreign, spelling)).toBe(
          `${foreign.fn}(): ${foreign.argument}.${spelling}: expected a known name; got "${spelling}". Fix: ${hint}.`,
        );
      }
    }
  });

  test("no other name has one", () => {
    expect([...hintsOf(foreign.source).keys()].sort()).toEqual([...hints.keys()].sort());
  });

  test("a hint names options that the function has", async () => {
    const known = await knownTo(foreign);
    for (const hint of new Set(hints.values())) {
      for (const [, named] of hint.matchAll(/^(?:write|give) `(\w+)/g)) {
        expect(known, hint).toContain(named);
      }
    }
  });
});

test("a name that only looks like an option has no hint", () => {
  for (const name of ["block_size", "scale_grad_by_freq", "blockwise", "outer"]) {
    expect(() => core.attention([[1]], [[1]], [[1]], { [name]: 1 })).toThrow(
      /expected one of scale, /,
    );
  }
});
