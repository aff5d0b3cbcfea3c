/** `37 %`, or `0.4 %` where a whole number would say nothing; with a true minus sign, and not broken. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return "–";
  const size = Math.abs(share) * 100;
  const sign = share < 0 ? "−" : "";
  if (size > 0 && size < 0.05) return share < 0 ? "≈\u00a00\u00a0%" : "<\u00a00.1\u00a0%";
  return `${sign}${size > 0 && size < 0.95 ? size.toFixed(1) : Math.round(size)}\u00a0%`;
}

/** A number in a few digits, with a true minus sign. */
export function short(x: number, digits = 2): string {
  if (x === -Infinity) return "−∞";
  return x.toFixed(digits).replace("-", "−");
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A word inside a sentence of ours: written from right to left, it must not turn what stands around it. */
export function inside(word: string): string {
  return rightToLeft.test(word) ? `\u2068${word}\u2069` : word;
}

/** A word in a sentence of ours: between quotes, so that “the” is not read as ours. */
export function quoted(word: string): string {
  return `“${inside(word)}”`;
}

/** The direction in which a text begins. */
export function directionOf(text: string): "ltr" | "rtl" {
  const letter = /\p{L}/u.exec(text)?.[0] ?? "";
  return rightToLeft.test(letter) ? "rtl" : "ltr";
}
