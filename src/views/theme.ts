import type { Paint, PaintName } from "./types.js";

/** Colours as CSS writes them. */
export type Theme = Readonly<Record<PaintName, string>> & {
  /** The colour of the word at a position. */
  readonly word: (index: number) => string;
};

/**
 * Query, key and value are the blue, vermilion and green of Okabe and Ito (2008), which people with each kind of
 * colour blindness tell apart, darkened on white and lightened on black until text in them has a contrast of 4.5.
 */
export const light: Theme = {
  ink: "#1c2024",
  soft: "#535b64",
  line: "#d5d9de",
  ground: "#ffffff",
  query: "#0063a6",
  key: "#b34700",
  value: "#007556",
  weight: "#5b4a9e",
  positive: "#5b4a9e",
  negative: "#8c5b00",
  word: (index) => wordColour(index, [0.83, 0.76, 0.7], 0.5),
};

/** The colours of `light`, for a dark ground. */
export const dark: Theme = {
  ink: "#eceff2",
  soft: "#a9b2bb",
  line: "#3a4149",
  ground: "#1d2126",
  query: "#6cb8f5",
  key: "#ff9d57",
  value: "#4fd0a5",
  weight: "#b3a5f0",
  positive: "#b3a5f0",
  negative: "#d9b44a",
  word: (index) => wordColour(index, [0.4, 0.33, 0.28], 0.34),
};

/**
 * Hues a golden angle apart: however many words there are, neighbours differ in hue and in lightness, and no two
 * have the same colour. HSL, as CSS defines it, needs no function that differs between engines.
 */
function wordColour(index: number, lightness: readonly number[], saturation: number): string {
  const hue = (205 + index * 137.508) % 360;
  const light = lightness[index % lightness.length];
  const channels = [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    const x =
      light - saturation * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * x)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/** A paint in one theme. */
export function colourOf(paint: Paint, theme: Theme): string {
  if (paint === "none") return "none";
  const word = wordOf(paint);
  return word === undefined ? theme[paint as PaintName] : theme.word(word);
}

/**
 * A paint that the page decides on: its own `--qkv-query`, or else that of the light or the dark theme, whichever
 * its `color-scheme` asks for.
 */
export function themable(paint: Paint): string {
  if (paint === "none") return "none";
  return `var(--qkv-${paint}, light-dark(${colourOf(paint, light)}, ${colourOf(paint, dark)}))`;
}

function wordOf(paint: Paint): number | undefined {
  return paint.startsWith("word-") ? Number(paint.slice(5)) : undefined;
}
