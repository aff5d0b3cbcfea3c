import { expect, it } from "vitest";
import { cutBlocks, inParts } from "../../src/attention/wasm/blocks.js";
import type { Call } from "../../src/attention/call.js";

it("blocks of queries are made when they are asked for: 2³¹ queries do not fill the memory", () => {
  const queries = 2 ** 31;
  const call = { heads: 1, kvHeads: 1, queries } as Call;
  const parts = inParts(cutBlocks(call, 0, 0, queries, 0, queries), 3);
  const edges = (part: ReturnType<typeof parts.next>): number[][] =>
    part.value!.flatMap(({ pieces }) => pieces.map(({ i0, i1 }) => [i0, i1]));
  expect(edges(parts.next())).toEqual([[0, 64], [64, 128], [128, 192]]); // prettier-ignore
  expect(edges(parts.next())[0]).toEqual([192, 256]);
});

it("the last part holds what is left, and heads of few queries share a block", () => {
  const call = { heads: 3, kvHeads: 1, queries: 50 } as Call;
  const parts = [...inParts(cutBlocks(call, 0, 0, 50, 0, 150), 2)];
  expect(parts.map((part) => part.map(({ rows }) => rows))).toEqual([[50, 50], [50]]);
  const short = { heads: 3, kvHeads: 1, queries: 20 } as Call;
  const [[block]] = inParts(cutBlocks(short, 0, 0, 20, 0, 60), 2);
  expect(block.pieces.map(({ h, at }) => [h, at])).toEqual([[0, 0], [1, 20], [2, 40]]); // prettier-ignore
});
