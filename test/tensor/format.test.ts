import { expect, test } from "vitest";
import { format, tensor, zeros } from "../../src/tensor/index.js";

test("columns are aligned, non-finite values written out", () => {
  expect(
    format(
      [
        [1, -0.5],
        [NaN, 10.25],
      ],
      { digits: 2 },
    ),
  ).toBe(["float32 [2, 2]", " 1.00 -0.50", "  NaN 10.25"].join("\n"));
  expect(format(tensor([[true], [false]]))).toBe("bool [2, 1]\n 1\n 0");
  expect(format(tensor(2, { dtype: "float64" }))).toBe("float64 []\n 2.0000");
  expect(format([])).toBe("float32 [0]\n ");
});

test("blocks of an outer axis are set apart", () => {
  expect(format(zeros([2, 2, 1]), { digits: 0 })).toBe("float32 [2, 2, 1]\n 0\n 0\n\n 0\n 0");
  expect(format(zeros([2, 1, 1, 1]), { digits: 0 })).toBe("float32 [2, 1, 1, 1]\n 0\n\n 0");
});

test("long axes show their ends", () => {
  const row = Array.from({ length: 13 }, (_, i) => i);
  expect(format([row], { digits: 0 })).toBe("float32 [1, 13]\n 0 1 2 ... 10 11 12");
  expect(
    format(
      row.map((n) => [n]),
      { digits: 0 },
    ),
  ).toBe("float32 [13, 1]\n   0\n   1\n   2\n ...\n  10\n  11\n  12");
  expect(
    format(zeros([13, 1, 1]), { digits: 0 })
      .split("\n")
      .slice(1),
  ).toEqual(["   0", "", "   0", "", "   0", "", " ...", "", "   0", "", "   0", "", "   0"]);
});

test("only what is shown is read", () => {
  const wide = { data: Float32Array.of(7), shape: [2 ** 16, 2 ** 16], stride: [0, 0], offset: 0 };
  expect(format(wide, { digits: 0 }).split("\n").slice(1, 5)).toEqual([
    "   7 7 7 ... 7 7 7",
    "   7 7 7 ... 7 7 7",
    "   7 7 7 ... 7 7 7",
    " ...",
  ]);
});

test("digits are an integer from 0 to 20", () => {
  for (const [digits, got] of [
    [1.5, "1.5"],
    [-1, "-1"],
    [21, "21"],
    ["2", '"2"'],
  ] as const) {
    expect(() => format([1], { digits: digits as number })).toThrow(
      new TypeError(`format(): options.digits: expected an integer from 0 to 20; got ${got}.`),
    );
  }
});
