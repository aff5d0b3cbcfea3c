export const labelSize = 15;

let context: CanvasRenderingContext2D | undefined;
let family = "";

/** How wide a text is in the page's font, in CSS pixels. */
export function textWidth(text: string, size = labelSize, weight = 400): number {
  if (context === undefined) {
    context = document.createElement("canvas").getContext("2d")!;
    family = getComputedStyle(document.documentElement).fontFamily;
  }
  context.font = `${weight} ${size}px ${family}`;
  return context.measureText(text).width;
}

/** As much of the beginning of a text as fits into a width. */
export function fit(text: string, width: number, size = labelSize, weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size, weight) > width) {
    letters.pop();
  }
  return `${letters.join("")}…`;
}
