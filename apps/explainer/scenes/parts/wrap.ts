import { fit, text, textWidth, type Mark, type Paint } from "../../marks.js";

export interface Paragraph {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: Paint;
  readonly anchor?: "start" | "middle";
  /** At most so many lines. */
  readonly most?: number;
}

/** A text in lines that are no wider than there is room. */
export function wrap(content: string, room: number, size: number, weight = 400): string[] {
  const lines: string[] = [];
  for (const word of content.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, weight) <= room)
      lines[lines.length - 1] = longer;
    else lines.push(fit(word, room, size, weight));
  }
  return lines;
}

/** A text of several lines, from `y` down, and where it ends. */
export function paragraph(
  id: string,
  x: number,
  y: number,
  content: string,
  room: number,
  { size = 13, weight = 400, fill = "soft", anchor = "start", most = 9 }: Paragraph = {},
): { readonly marks: Mark[]; readonly bottom: number } {
  const step = size * 1.4;
  const lines = wrap(content, room, size, weight).slice(0, most);
  const marks = lines.map((shown, n) =>
    text(`${id}-${n}`, x, y + step * (n + 0.5), shown, { size, weight, fill, anchor }),
  );
  return { marks, bottom: y + step * lines.length };
}
