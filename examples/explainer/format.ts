/** `37 %`, or `0.4 %` where a whole number would say nothing. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return "–";
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  return `${short(share * 100, share > 0 && share < 0.01 ? 1 : 0)} %`;
}

/** A number in a few digits, with a true minus sign. */
export function short(x: number, digits = 2): string {
  if (x === -Infinity) return "−∞";
  return x.toFixed(digits).replace("-", "−");
}

/** A text that is at most so long. */
export function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most
    ? `${characters.slice(0, Math.max(1, most - 1)).join("")}…`
    : text;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A word inside a sentence of ours: written from right to left, it must not turn what stands around it. */
export function inside(word: string): string {
  return rightToLeft.test(word) ? `\u2068${word}\u2069` : word;
}

/** The direction in which a text begins. */
export function directionOf(text: string): "ltr" | "rtl" {
  const letter = /\p{L}/u.exec(text)?.[0] ?? "";
  return rightToLeft.test(letter) ? "rtl" : "ltr";
}
