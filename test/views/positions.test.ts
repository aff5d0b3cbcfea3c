import { describe, expect, it } from "vitest";
import { compare, heads, lines, matrix } from "qkv/views";
import { cases } from "./cases.js";

const view = cases["3 words"];
const wrong: Record<string, [() => unknown, string]> = {
  "matrix, query": [() => matrix(view, { query: 3 }), "matrix(): options.query"],
  "matrix, key": [() => matrix(view, { query: 0, key: -1 }), "matrix(): options.key"],
  "heads, query": [() => heads([[view]], { query: 3 }), "heads(): options.query"],
  "lines, query": [() => lines(view, { query: 0.5 }), "lines(): options.query"],
  "compare, first query": [() => compare(view, view, { queryA: 3 }), "compare(): options.queryA"],
  "compare, second query": [() => compare(view, view, { queryB: 3 }), "compare(): options.queryB"],
  "no heads": [() => heads([[]]), "at least one head"],
  "heads on other words": [
    () => heads([[view, cases["9 words"]]]),
    "3 queries and 3 keys in every head",
  ],
};

describe("what is not there is refused by name", () => {
  for (const [name, [call, message]] of Object.entries(wrong)) {
    it(name, () => {
      expect(call).toThrow(RangeError);
      expect(call).toThrow(message);
    });
  }
});
