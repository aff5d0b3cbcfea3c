import { describe, expect, it } from "vitest";
import { masks, type Window } from "../../src/core.js";
import { explain } from "../../src/explain/index.js";

const x = [[1], [2], [3], [4]];
const tokens = ["a", "b", "c", "d"];

describe("masks.window", () => {
  it("names the side on which a key is too far, and counts from where the query stands", () => {
    const why = (window: Window, i: number, j: number) =>
      explain(x, x, x, { tokens, allow: masks.window(window) })
        .head(0)
        .why(i, j)
        .reasons.map(({ text }) => text);
    expect(why({ left: 1, right: 0 }, 3, 0)).toEqual([
      "key 0 is 3 before query 3, the window has 1 on the left (masks.window)",
    ]);
    expect(why({ left: 1, right: 0 }, 0, 2)).toEqual([
      "key 2 is 2 after query 0, the window has 0 on the right (masks.window)",
    ]);
    const [moved] = why({ left: 0, right: 0, align: { offset: 2 } }, 1, 0);
    expect(moved).toMatch(/^key 0 is 3 before query 1.* the window has 0 on the left/);
  });

  it("takes { left, right } alone: no number, no null, no text", () => {
    const of = (window: unknown) => () => masks.dense(masks.window(window as Window), [4, 4]);
    for (const wrong of [null, undefined, "2", true]) {
      expect(of(wrong)).toThrow(TypeError);
      expect(of(wrong)).not.toThrow("for instance");
    }
    expect(of(2)).toThrow("write for instance { left: 2, right: 0 }");
    expect(of({ left: "2", right: 0 })).toThrow(TypeError);
    expect(of({ left: [2], right: 0 })).toThrow(TypeError);
    expect(of({ left: 0.5, right: 0 })).toThrow(RangeError);
    expect(of({ left: 0, right: -1 })).toThrow("write right: Infinity for no limit");
  });
});
