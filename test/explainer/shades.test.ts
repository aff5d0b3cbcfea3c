import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inkOn, luminance, shadesBetween } from "../../apps/explainer/views/shades.js";

const style = readFileSync(new URL("../../apps/explainer/style.css", import.meta.url), "utf8");
const [light, dark] = style.split("prefers-color-scheme: dark");
const colour = (theme: string, name: string): string =>
  new RegExp(`${name}: (#[0-9a-f]{6})`).exec(theme)![1];

it.each([
  ["light", light],
  ["dark", dark],
])("numbers can be read on every shade of the matrix, %s", (_, theme) => {
  const shades = shadesBetween(colour(theme, "--card"), colour(theme, "--accent"));
  for (const shade of shades) {
    const [ground, ink] = [luminance(shade), inkOn(shade) === "black" ? 0 : 1];
    const contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
    expect(contrast).toBeGreaterThanOrEqual(4.5);
  }
  const steps = shades.map(luminance);
  const rising = steps[0] < steps.at(-1)!;
  steps.slice(1).forEach((step, n) => expect(step > steps[n]).toBe(rising));
});

it("luminance is that of WCAG 2", () => {
  expect(luminance("rgb(255, 255, 255)")).toBeCloseTo(1, 10);
  expect(luminance("rgb(0, 0, 0)")).toBe(0);
  expect(luminance("rgb(119, 119, 119)")).toBeCloseTo(0.1845, 4);
});
