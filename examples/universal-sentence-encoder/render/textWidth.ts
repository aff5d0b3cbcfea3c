// How many columns of a terminal a text takes. Terminals differ on rare characters; this follows
// what most do: East Asian wide characters and emoji take two columns, combining marks none.

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

const WIDE =
  /^(?:\p{Emoji_Presentation}|.\u{FE0F}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303E\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6])/u;
const INVISIBLE = /^[\p{M}\p{Cf}]+$/u;

export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** Cuts to at most `width` columns; "…" stands for what is gone. */
export function truncate(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return width > 0 ? `${kept}…` : "";
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}

export function center(text: string, width: number): string {
  return padEnd(padStart(text, textWidth(text) + Math.floor((width - textWidth(text)) / 2)), width);
}

/**
 * Makes a word of the user's fit to print: control characters and marks that reverse the writing
 * direction would move the cursor or reorder the line.
 */
export function printable(text: string): string {
  return text
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "")
    .replace(/[\p{Cc}\u2028\u2029]/gu, "·");
}
