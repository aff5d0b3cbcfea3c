import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attentionWithWeights, tensor } from "qkv/core";
import { explain, principalPlane, type ExplainOptions } from "qkv/explain";
import { plane, toSvg, weightsInPlane, type PlaneHead } from "qkv/views";
import { correlation } from "../../src/views/planeWeights.js";
import { lineIn } from "../../src/views/planeLayout.js";
import { plain, widths } from "./cases.js";
import { allMarks, faultsOf, markOf } from "./insideOf.js";

const words = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => ["the", "river", "bank", "flooded", "it"][n % 5]);

/** Vectors that spread, and repeat. */
const vectors = (count: number, size: number, from: number): number[][] =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: size }, (_, d) => ((i * 7 + d * 5 + from + i * d) % 11) / 3 - 1.2),
  );

function headOf(
  queries: number[][],
  keys: number[][],
  tokens: string[],
  options: Partial<ExplainOptions> = {},
): PlaneHead {
  const keyTokens = keys.length === tokens.length ? undefined : words(keys.length);
  const view = explain(queries, keys, keys, { tokens, keyTokens, scale: 0.5, ...options }).head(0);
  return { view, queries, keys, scale: 0.5 };
}

const made = (count: number, options = {}, keys = count): PlaneHead =>
  headOf(vectors(count, 6, 1), vectors(keys, 6, 4), words(count), options);
const same = [[1, 1], [1, 1], [1, 1]]; // prettier-ignore
const rtl = "ضفة النهر غمرتها".split(" ");
const long = ["Donaudampfschifffahrtsgesellschaft", "河の土手が氾濫した河の土手が氾濫した", "of"];

const cases: Readonly<Record<string, PlaneHead>> = {
  "one word": made(1),
  "3 words": made(3),
  "9 words": made(9),
  "20 words": made(20),
  "40 words": made(40),
  "more keys than queries": made(2, {}, 7),
  "more queries than keys": made(7, {}, 2),
  causal: made(5, { causal: true }),
  "empty rows": made(3, { keyLengths: 0 }),
  "long words": headOf(vectors(3, 4, 0), vectors(3, 4, 2), long),
  "right to left": headOf(vectors(3, 4, 0), vectors(3, 4, 2), rtl),
  "all in one place": headOf(same, same, words(3)),
  "nothing but zeros": headOf([[0, 0], [0, 0]], [[0, 0], [0, 0]], words(2)), // prettier-ignore
  "one dimension": headOf([[1], [2]], [[-1], [3]], words(2)),
};

describe("plane", () => {
  for (const [name, head] of Object.entries(cases)) {
    for (const width of widths) {
      it(`lies within its edges: ${name}, ${width} pixels`, () => {
        const query = head.queries.length - 1;
        expect(faultsOf(plane(head, { width }))).toEqual([]);
        for (const moved of [
          [0.3, 0.2],
          [99, -99],
          [-99, 99],
        ] as const)
          // prettier-ignore
          expect(faultsOf(plane(head, { width, query, key: 0, moved }))).toEqual([]);
        expect(plane(head, { width }).width).toBe(width);
      });
    }
  }

  it("without a move the weights have the bits of attention, masks too", () => {
    for (const head of Object.values(cases)) {
      const { axes } = principalPlane([...head.queries, ...head.keys]);
      for (const i of head.queries.keys()) {
        const { weights } = weightsInPlane(head, { axes }, i);
        expect(weights).toEqual([...head.view.row(i).weights]);
      }
    }
    const left = made(4, { causal: true }).view.withoutKeys([1]).after;
    const head = { ...made(4), view: left };
    expect(plane(head, { query: 2 }).now.weights).toEqual([...left.row(2).weights]);
  });

  it("a float64 head is computed in float64", () => {
    const [q, k] = [vectors(3, 4, 0), vectors(3, 4, 2)];
    const of = (them: number[][]) => tensor(them, { dtype: "float64" });
    const view = explain(of(q), of(k), of(k), { tokens: words(3), scale: 0.3 }).head(0);
    const head = { view, queries: q, keys: k, scale: 0.3 };
    expect(plane(head, { query: 1 }).now.weights).toEqual([...view.row(1).weights]);
  });

  it("a moved query is changed in all of its numbers, and its weights are attention's", () => {
    const head = made(5);
    const { axes } = principalPlane([...head.queries, ...head.keys]);
    const query = Array.from(head.queries[2], (q, d) => q + 0.7 * axes[0][d] - 1.1 * axes[1][d]);
    const keys = vectors(5, 6, 4);
    const { weights } = attentionWithWeights([query], keys, keys, { scale: 0.5 });
    const now = weightsInPlane(head, { axes }, 2, [0.7, -1.1]);
    now.weights.forEach((weight, j) => expect(weight).toBeCloseTo(weights.data[j], 6));
    expect(now.query).toEqual(query);
  });

  it("blocked keys stay blocked, wherever the query goes", () => {
    const head = cases["causal"];
    for (const moved of [[5, 5], [-5, 5], [0, 0]] as const) {
      const { now, ...picture } = plane(head, { query: 1, moved });
      expect(now.weights.slice(2)).toEqual([0, 0, 0]);
      expect(markOf(picture, "number-3").text).toBe("blocked");
      expect(markOf(picture, "key-3").label).toContain("blocked, causal");
    } // prettier-ignore
  });

  it("a drag and back is no move, and pixels are as long as in the picture", () => {
    const head = cases["9 words"];
    fc.assert(
      fc.property(fc.integer({ min: -15, max: 15 }), fc.integer({ min: -15, max: 15 }), (x, y) => {
        const before = plane(head, { query: 3 });
        const moved = before.movedBy([x, y]);
        const after = plane(head, { query: 3, moved });
        const [from, to] = [before, after].map((it) =>
          String(markOf(it, "query-head").attributes["transform"]).match(/-?[\d.]+/g)!.map(Number),
        ); // prettier-ignore
        expect(to[0] - from[0]).toBeCloseTo(x, 1);
        expect(to[1] - from[1]).toBeCloseTo(y, 1);
        after.movedBy([-x, -y]).forEach((by) => expect(by).toBeCloseTo(0, 10));
        expect(after.unit).toBe(before.unit);
      }),
      { numRuns: 30 },
    );
  });

  it("a query does not leave the map", () => {
    const { moved, movedBy } = plane(cases["3 words"], { moved: [1000, 0] });
    expect(moved[0]).toBeLessThan(100);
    movedBy([50, 0]).forEach((by, n) => expect(by).toBeCloseTo(moved[n], 10));
  });

  it("bars are weights on a scale from 0 to 1, and follow the query", () => {
    const head = headOf([[1, 0]], [[3, 0], [0, 3]], ["q"]); // prettier-ignore
    const share = (moved: readonly [number, number]): number => {
      const picture = plane(head, { moved });
      const [bar, room] = ["bar-0", "room-0"].map((id) => markOf(picture, id).attributes["width"]);
      expect(Number(bar) / Number(room)).toBeCloseTo(picture.now.weights[0], 3);
      return picture.now.weights[0];
    };
    const [x] = principalPlane([[1, 0], [3, 0], [0, 3]]).axes.map((axis) => axis[0]); // prettier-ignore
    expect(share([0.2 * x, 0])).toBeGreaterThan(share([0, 0]));
    expect(share([-0.2 * x, 0])).toBeLessThan(share([0, 0]));
  });

  it("only the head of the query can be dragged, and it says where it is", () => {
    const picture = plane(cases["9 words"], { query: 4 });
    const [head, ...others] = allMarks(picture).filter(({ draggable }) => draggable);
    expect(others).toEqual([]);
    expect(head).toMatchObject({ id: "query-head", target: { query: 4 } });
    expect(head.label).toMatch(/^query it, at −?\d\.\d, −?\d\.\d in the map$/);
  });

  it("up to 20 words have all their names, of more the strongest", () => {
    const names = (name: string): number =>
      allMarks(plane(cases[name], { width: 1100 })).filter(({ id }) => /^key-\d+-name$/.test(id))
        .length; // prettier-ignore
    expect(names("9 words")).toBe(9);
    expect(names("40 words")).toBeGreaterThan(4);
    expect(names("40 words")).toBeLessThanOrEqual(8);
    const picture = plane(cases["40 words"]);
    const rows = allMarks(picture).filter(({ id }) => id.startsWith("row-"));
    expect(rows).toHaveLength(13);
    expect(markOf(picture, "name-others").text).toBe("28 others");
    expect(picture.table().rows).toHaveLength(40);
  });

  it("names of keys stay where they are while the query is dragged", () => {
    const places = (moved: readonly [number, number]): unknown =>
      allMarks(plane(cases["9 words"], { moved, key: 0 }))
        .filter(({ id }) => /^key-\d+-name$/.test(id))
        .map(({ id, attributes: { x, y } }) => [id, x, y]);
    for (const moved of [
      [0.1, 0],
      [2, 1],
      [-2, 0.5],
      [1, -2],
    ] as const)
      // prettier-ignore
      expect(places(moved)).toEqual(places([0, 0]));
  });

  it("captions say how much is kept, how far scores agree, and what is attended", () => {
    const flat = headOf([[2, 0], [0, 1], [1, 1]], [[2, 0], [0, 1], [1, 1]], ["river", "bank", "flooded"]); // prettier-ignore
    expect(plain(plane(flat, { query: 0 }).caption)).toBe(
      "This flat map keeps 100 % of the squares of all queries and keys. For “river” the scores in the map follow " +
        "the true ones (correlation 1.00 over 3 keys). “river” attends most to itself (67 %), then to “flooded” (24 %).",
    );
    const [x, y] = plane(flat).movedBy([10, 0]);
    expect(plain(plane(flat, { moved: [x, y] }).caption)).toMatch(
      /Its query was moved by hand, by \(0\.\d\d, 0\.00\)\. From here it attends most to itself/,
    );
    expect(plane(cases["empty rows"]).caption).toContain("“the” attends to nothing.");
  });

  it("correlation is that of the textbook", () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(correlation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
    expect(correlation([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(correlation([1, 2], [1, 2])).toBeUndefined();
  });

  it("the part of a line in a box", () => {
    const box = { x: 0, y: 0, width: 10, height: 4 };
    expect(lineIn(box, [5, 2], [1, 0])).toEqual([[0, 2], [10, 2]]); // prettier-ignore
    expect(lineIn(box, [5, 2], [0, 1])).toEqual([[5, 0], [5, 4]]); // prettier-ignore
    expect(lineIn(box, [5, 2], [0, 0])).toBeUndefined();
    expect(lineIn(box, [5, 9], [1, 0])).toBeUndefined();
  });

  it("vectors that are not those of the view are refused", () => {
    const head = cases["3 words"];
    expect(() => plane({ ...head, keys: head.keys.slice(1) })).toThrow(
      new RangeError("plane(): head.keys: expected 3 vectors, as the view has; got 2."),
    );
    expect(() => plane({ ...head, queries: [] })).toThrow(RangeError);
  });

  it("is a document of its own", () => {
    expect(toSvg(plane(cases["3 words"], { badges: ["query moved by hand"] }))).toContain(
      "query moved by hand",
    );
  });
});
