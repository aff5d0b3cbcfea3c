// Widths of Helvetica's letters over its size, a little widened: no system font is much wider. They are the same in
// Node and in every browser, so that a picture is laid out alike everywhere.
const narrow = " !',./:;I[\\]fijlt|";
const middle = '"()*-`r{}°';
const wide = "%@MWmw—";
const capital = /[A-HJ-LN-VX-Z&]/;

function letterWidth(letter: string): number {
  if (narrow.includes(letter)) return 0.28;
  if (middle.includes(letter)) return 0.36;
  if (wide.includes(letter)) return 0.88;
  if (capital.test(letter)) return 0.7;
  const code = letter.codePointAt(0)!;
  // Marks that join the letter before them.
  if (/\p{M}/u.test(letter)) return 0;
  // From Hangul on: East Asian scripts and emoji are square.
  return code >= 0x1100 && !(code >= 0x1e00 && code < 0x2e80) ? 1 : 0.56;
}

/** About how wide a text is, in pixels. */
export function textWidth(text: string, size = 15, weight = 400): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return 1.15 * width * size * (weight >= 600 ? 1.08 : 1);
}

/** A text, cut with an ellipsis where it is wider than there is room. */
export function fit(text: string, room: number, size = 15, weight = 400): string {
  if (textWidth(text, size, weight) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size, weight) > room)
    letters.pop();
  return `${letters.join("")}…`;
}
