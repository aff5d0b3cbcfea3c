import { text, type TextStyle } from "./marks.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

/** A text in lines, broken at spaces, from the top down. */
export function wrapText(
  id: string,
  top: number,
  width: number,
  content: string,
  style: TextStyle = {},
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const { size = 15, weight } = style;
  const lines: string[] = [];
  for (const word of content.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, weight) <= width)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const high = Math.round(size * 1.6);
  return {
    marks: lines.map((line, n) =>
      text(`${id}-${n}`, 0, top + (n + 0.5) * high, fit(line, width, size, weight), style),
    ),
    bottom: top + lines.length * high,
  };
}
