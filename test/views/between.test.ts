import { expect, it } from "vitest";
import { between } from "../../src/views/dom/between.js";

it("numbers in a text change by degrees", () => {
  const at = between("translate(0,-10.5)", "translate(100,9.5)");
  expect([0, 0.5, 1].map(at)).toEqual([
    "translate(0,-10.5)",
    "translate(50,-0.5)",
    "translate(100,9.5)",
  ]);
  expect(between("M0 0C1,2 3,4 5,6", "M2 0C1,2 3,4 5,-6")(0.5)).toBe("M1 0C1,2 3,4 5,0");
  expect(between("0", "1")(0.25)).toBe("0.25");
});

it("texts of another form have nothing between them", () => {
  expect(between("M0 0L9 9", "M0 0C1 1 2 2 9 9")(0)).toBe("M0 0C1 1 2 2 9 9");
  expect(between("none", "3 3")(0.5)).toBe("3 3");
});
