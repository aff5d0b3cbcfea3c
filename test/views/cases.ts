import { explain, explainWeights, type WeightsView } from "qkv/explain";

const rtl = "ضفة النهر غمرتها المياه".split(" ");
const long = [
  "Donaudampfschifffahrtsgesellschaft",
  "of",
  "antidisestablishmentarianism",
  "河の土手が氾濫した河の土手が氾濫した",
];

/** Weights that differ from row to row, from one head to the next, and with both weak and strong ones. */
export function rowsOf(queries: number, keys: number, head = 0): number[][] {
  return Array.from({ length: queries }, (_, i) => {
    const row = Array.from({ length: keys }, (_, j) => 1 + ((i * 7 + j * 5 + head * 3) % 11) ** 2);
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((it) => it / sum);
  });
}

const words = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => ["the", "river", "bank", "flooded", "it"][n % 5]);

const given = (tokens: string[], keyTokens?: string[]): WeightsView =>
  explainWeights(rowsOf(tokens.length, (keyTokens ?? tokens).length), { tokens, keyTokens }).head(
    0,
  );

const ones = (count: number): number[][] => words(count).map((_, n) => [n % 3, 1]);

const attended = (count: number, options: object): WeightsView =>
  explain(ones(count), ones(count), ones(count), { tokens: words(count), ...options }).head(0);

/** Views of every kind that a picture must stand. */
export const cases: Readonly<Record<string, WeightsView>> = {
  "one word": given(["bank"]),
  "3 words": given(words(3)),
  "9 words": given(words(9)),
  "40 words": given(words(40)),
  "long words": given(long),
  "right to left": given(rtl),
  "more keys than queries": given(words(2), words(7)),
  "more queries than keys": given(words(7), words(2)),
  causal: attended(5, { causal: true }),
  "empty rows": attended(3, { keyLengths: 0 }),
  "all weight on one key": explainWeights([[0, 1], [1, 0]], { tokens: words(2) }).head(0), // prettier-ignore
  "weights that are no numbers": explainWeights([[NaN, NaN], [0.5, 0.5]], { tokens: words(2) }).head(0), // prettier-ignore
};

export const widths = [320, 640, 1100];

/** As captions are read: with plain spaces. */
export const plain = (text: string): string => text.replaceAll("\u00a0", " ");
