/**
 * What to write, and the names of other libraries that mean it, separated by spaces: `{ "write `causal`":
 * "is_causal unidirectional" }`. A name counts in any spelling: `isCausal` is `is_causal`. A table that takes over
 * another one is the result of a pure call, so that bundlers can leave it out with its function.
 */
export type Hints = Readonly<Record<string, string>>;

/** What no function that computes takes. */
export const commonHints: Hints = {
  "leave it out: the precision is that of the inputs":
    "dtype out_dtype output_dtype softmax_precision precision preferred_element_type",
  "leave it out: there are no devices; `engine` says what computes": "device",
  "write `engine`": "op backend implementation impl attn_implementation flash_attention",
};

/** What to write in place of a name that is not known: by the table of hints, or for a typo of a known one. */
export function hintFor(name: string, known: readonly string[], hints: Hints): string | undefined {
  const plain = plainName(name);
  for (const [fix, names] of Object.entries(hints)) {
    if (names.split(" ").some((foreign) => plainName(foreign) === plain)) return fix;
  }
  const distances = known.map((option) => distanceOf(plainName(option), plain));
  const least = Math.min(...distances);
  // Two letters of a short name would turn it into any other one.
  if (!(least <= (plain.length < 6 ? 1 : 2))) return undefined;
  return `write \`${known[distances.indexOf(least)]}\``;
}

/** `is_causal`, `isCausal` and `IsCausal` are the same name in another spelling. */
function plainName(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/**
 * How many letters are wrong: left out, added, replaced, or exchanged with their neighbour (Damerau 1964, in
 * the restricted form, where no letter is touched twice).
 */
function distanceOf(a: string, b: string): number {
  // Names are short; a long one is nobody's typo.
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= b.length; j++) rows[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.length][b.length];
}
