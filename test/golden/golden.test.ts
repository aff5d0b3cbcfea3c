import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engines } from "../helpers/engines.js";
import { published as expected } from "../../src/golden/published.js";
import { bundleChild, expectedOf } from "./bundle.js";
import type * as child from "./child.js";
import { differences, goldenProblems } from "../../src/golden/golden.js";
import { hashOf } from "../../src/golden/hash.js";

describe("golden hashes", () => {
  let bundle: Awaited<ReturnType<typeof bundleChild>>;
  let hashes: typeof child.hashes;
  beforeAll(async () => {
    bundle = await bundleChild();
    ({ hashes } = (await import(/* @vite-ignore */ bundle.url)) as typeof child);
  });
  afterAll(() => bundle.remove());

  for (const engine of engines) {
    it(`${engine}: the bits of every golden problem`, () => {
      expect(differences(hashes(engine), expected)).toEqual([]);
    });
  }

  it("auto: the bits of some", () => {
    expect(differences(hashes("auto", 9), expectedOf(9))).toEqual([]);
  });

  it("no two problems share a name or a hash", () => {
    expect(new Set(goldenProblems.map(({ name }) => name)).size).toBe(goldenProblems.length);
    expect(new Set(Object.values(expected)).size).toBe(goldenProblems.length);
  });

  it("a hash notices one bit, the sign of 0, the bits of a NaN, a name and a shape", () => {
    const of = (bits: number, shape = [1, 2], name = "x") => {
      const data = new Float32Array(Uint32Array.of(bits, 0x3f800000).buffer);
      return hashOf({ [name]: { data, shape, stride: shape.map(() => 1), offset: 0 } });
    };
    const hashes = [
      ...[0x3f800000, 0x3f800001, 0, 0x80000000, 0x7fc00000, 0xffc00000, 0x7fc00001].map((bits) =>
        of(bits),
      ),
      of(0x3f800000, [2]),
      of(0x3f800000, [1, 2], "y"),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    // The strides are no part of it.
    const data = Float32Array.of(1, 9, 2);
    const row = hashOf({ x: { data, shape: [2], stride: [2], offset: 0 } });
    const turned = hashOf({
      x: { data: data.slice().reverse(), shape: [2], stride: [-2], offset: 2 },
    });
    expect(turned).toBe(row);
  });

  it("a difference is named, also where a problem is missing", () => {
    const { [goldenProblems[3].name]: _, ...rest } = expected;
    expect(differences(rest, expected)).toEqual([goldenProblems[3].name]);
    const wrong = { ...expected, [goldenProblems[5].name]: "0" };
    expect(differences(wrong, expected)).toEqual([goldenProblems[5].name]);
  });
});
