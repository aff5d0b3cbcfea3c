import { describe, expect, it } from "vitest";
import { explainWeights } from "qkv/explain";
import { bars, toSvg, type Mark } from "qkv/views";

const tokens = ["river", "bank", "flooded"];
const view = explainWeights(
  [
    [
      [0.5, 0.25, 0.25],
      [0.25, 0.35, 0.4],
      [0, 0, 1],
    ],
  ],
  { tokens },
).head(0);

const plain = (text: string): string => text.replaceAll("\u00a0", " ");

const find = (marks: readonly Mark[], id: string): Mark | undefined =>
  marks.flatMap((mark) => [mark, ...(mark.marks ?? [])]).find((mark) => mark.id === id);

describe("bars", () => {
  it("lengths are weights on a scale from 0 to 1, whatever the longest is", () => {
    const long = (query: number, key: number): number =>
      find(bars(view, { query }).marks, `bar-${key}`)!.attributes["width"] as number;
    const whole = long(2, 2);
    expect(long(0, 0) / whole).toBeCloseTo(0.5, 3);
    expect(long(1, 0) / whole).toBeCloseTo(0.25, 3);
  });

  it("says what the row says, and when it says little", () => {
    expect(plain(bars(view, { query: 1 }).caption)).toBe(
      "The most goes to “flooded” (40 %), then itself (35 %). That is close to even, as much for each word (33 %): it spreads widely, and selects little.",
    );
    expect(plain(bars(view, { query: 2 }).caption)).toBe(
      "All of it goes to itself (100 %). Even, with as much for each word, it would be 33 %; no other word gets more.",
    );
  });

  it("is a document of its own", () => {
    const svg = toSvg(
      bars(view, { query: 1, subtitle: "river bank <flooded>", badges: ["causal"] }),
    );
    expect(svg).toContain("river bank &lt;flooded&gt; · causal");
    expect(svg).not.toContain("var(");
  });
});
