import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attentionProblems, masks, tensors } from "../../src/testing/fast-check/index.js";
import { handWritten, handWrittenSupports } from "./handWritten.js";
import { library, librarySupports } from "../../src/cli/selftest/library.js";
import { readResult } from "../../src/testing/index.js";

const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] =>
  fc.sample(arbitrary, { numRuns: 200, seed: 7 });

/** What a property that never holds shrinks to. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, fails: (value: T) => boolean): T {
  const result = fc.check(
    fc.property(arbitrary, (value) => !fails(value)),
    { seed: 7, numRuns: 500 },
  );
  expect(result.failed).toBe(true);
  return result.counterexample![0];
}

describe("tensors", () => {
  it("have the shape, the precision and the range that were asked for", () => {
    for (const { data, shape, stride, offset, dtype } of sample(
      tensors([2, { max: 4 }], { min: -1, max: 3 }),
    )) {
      expect([shape[0], shape[1] >= 1 && shape[1] <= 4]).toEqual([2, true]);
      expect([data.length, stride, offset, dtype]).toEqual([
        2 * shape[1],
        [shape[1], 1],
        0,
        "float32",
      ]);
      expect(data.every((x) => x >= -1 && x <= 3)).toBe(true);
    }
    expect(sample(tensors([2], { dtype: "float64" }))[0].data).toBeInstanceOf(Float64Array);
    expect(new Set(sample(tensors([{ max: 4 }])).map(({ shape }) => shape[0]))).toEqual(
      new Set([1, 2, 3, 4]),
    );
  });

  it("shrink to one zero", () => {
    const { shape, data } = smallest(tensors([{ max: 5 }, { max: 5 }]), () => true);
    expect([shape, [...data].map(Math.abs)]).toEqual([[1, 1], [0]]);
  });
});

describe("masks", () => {
  it("allow every row one key, unless told otherwise", () => {
    const rows = ({ data, shape }: { data: Uint8Array; shape: readonly number[] }): boolean[] =>
      Array.from({ length: shape[0] }, (_, i) =>
        data.subarray(i * shape[1], (i + 1) * shape[1]).includes(1),
      );
    expect(sample(masks([{ max: 4 }, { max: 4 }])).flatMap(rows)).not.toContain(false);
    expect(sample(masks([{ max: 4 }, { max: 4 }], { emptyRows: true })).flatMap(rows)).toContain(
      false,
    );
    expect(sample(masks([3, 2]))[0].dtype).toBe("bool");
  });

  it("shrink to the smallest that blocks", () => {
    const { shape, data } = smallest(masks([{ max: 5 }, { max: 5 }]), (mask) =>
      mask.data.includes(0),
    );
    expect([[...shape], [...data].sort()]).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });
});

describe("attention problems", () => {
  it("are what the function supports: it and the library agree on them", async () => {
    await fc.assert(
      fc.asyncProperty(
        attentionProblems(handWrittenSupports),
        async ({ query, key, value, options }) => {
          const [a, b] = await Promise.all(
            [handWritten(), library("portable")].map(async (fn) =>
              readResult(await fn(query, key, value, options)),
            ),
          );
          a.output.data.forEach((x, at) =>
            expect(Math.abs(x - b.output.data[at])).toBeLessThan(1e-3),
          );
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it("shrink to 1×1 without options, or to what has to be there", () => {
    const { query, options } = smallest(attentionProblems(librarySupports), () => true);
    expect([query.shape, options]).toEqual([[1, 1, 1, 1], {}]);
    const masked = smallest(
      attentionProblems(librarySupports),
      ({ options }) => options.mask !== undefined,
    );
    expect(Math.max(...masked.query.shape, ...masked.key.shape)).toBeLessThanOrEqual(4);
  });
});

it("nothing else of the library imports fast-check", () => {
  const src = join(import.meta.dirname, "../../src");
  const importing = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        file.endsWith(".ts") && readFileSync(join(src, file), "utf8").includes('from "fast-check"'),
    )
    .map((file) => file.split("\\").join("/"));
  expect(importing.every((file) => file.startsWith("testing/fast-check/"))).toBe(true);
});
