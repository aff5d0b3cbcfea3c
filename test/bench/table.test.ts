import { expect, test } from "vitest";
import { formatTime, percent, threeDigits } from "../../bench/format.js";
import { markdownTable, textTable, type Column } from "../../bench/table.js";

const columns: Column[] = [
  { title: "work", align: "left" },
  { title: "time", align: "right" },
];

test("a text table pads each column to its widest cell", () => {
  expect(
    textTable(columns, [
      ["64³", "1.00 ms"],
      ["causal 64", "3 µs"],
    ]),
  ).toBe(
    ["work          time", "─────────  ───────", "64³        1.00 ms", "causal 64     3 µs"].join(
      "\n",
    ),
  );
});

test("a markdown table is padded as prettier pads it", () => {
  expect(markdownTable(columns, [["a|b", "1"]])).toBe(
    ["| work | time |", "| ---- | ---: |", "| a\\|b |    1 |"].join("\n"),
  );
});

test.each([
  [1.5, "1.50 s"],
  [0.9996, "1.00 s"],
  [0.0123, "12.3 ms"],
  [0.00099951, "1.00 ms"],
  [4.56e-4, "456 µs"],
  [1e-6, "1.00 µs"],
  [3.2e-8, "32.0 ns"],
  [5e-12, "0.005 ns"],
])("%d s is written %s", (seconds, text) => {
  expect(formatTime(seconds)).toBe(text);
});

test("numbers keep three digits", () => {
  expect([0.1234, 0.99951, 1.234, 9.996, 99.96, 1234.5].map(threeDigits)).toEqual([
    "0.123",
    "1.00",
    "1.23",
    "10.0",
    "100",
    "1235",
  ]);
  expect(percent(0.377)).toBe("38 %");
});
