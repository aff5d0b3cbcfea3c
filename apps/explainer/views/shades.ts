import { scaleLinear } from "d3-scale";

/** Steps from the ground of the page to its accent: more than an eye tells apart. */
export const shadeCount = 64;

/** A colour of the page's style, in the theme that is on. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The shades of a picture, from almost the ground to the accent. */
export function shadesBetween(ground: string, accent: string): string[] {
  const mix = scaleLinear<string>([0, 1], [ground, accent]);
  return Array.from({ length: shadeCount }, (_, n) => mix(0.03 + (0.97 * n) / (shadeCount - 1)));
}

/** Black or white, whichever is read better on a colour `rgb(…)`: of any colour one has a contrast of 4.58. */
export function inkOn(shade: string): "black" | "white" {
  return luminance(shade) > 0.179 ? "black" : "white";
}

/** Relative luminance, as WCAG 2 defines it. */
export function luminance(shade: string): number {
  const [red, green, blue] = shade.match(/[\d.]+/g)!.map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
