import { percent, quoted, short } from "./format.js";
import type { ComparedRow, Side } from "./compareRows.js";

/** Cosines of what the two words become: 1 is the same direction. */
export interface Cosines {
  /** Of the values, blended by the weights. */
  readonly blend?: number | undefined;
  /** Of what comes out of the layer. */
  readonly output?: number | undefined;
}

/** Who is compared. */
export interface Compared {
  readonly rows: readonly ComparedRow[];
  /** The two words, and where they are looked at. */
  readonly words: readonly [string, string];
  readonly names: readonly [string, string];
  /** The position of each word among the keys; −1 if it is none of them. */
  readonly own: readonly [number, number];
  readonly cosine?: Cosines | undefined;
}

/** A name longer than this would hide what is said of it. */
const longestName = 60;

export function compareCaption(compared: Compared): string {
  const gone = compared.rows.filter(({ b }) => b?.gone);
  const said = gone.length > 0 ? without(compared, gone) : both(compared);
  return [...said, cosineOf(compared.cosine)].filter(Boolean).join(" ");
}

function without({ rows, words, own }: Compared, gone: readonly ComparedRow[]): string[] {
  const named = gone.map(({ text }) => quoted(text));
  const names =
    named.length === 1 ? named[0] : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
  const had = gone.reduce((sum, { a }) => sum + (a?.weight ?? 0), 0);
  const first = `${quoted(words[0])} gives ${names} ${percent(had)}.`;
  const most = largestChange(rows.filter((row) => (row.difference ?? 0) > 0));
  if (!most)
    return [first, `Without ${named.length === 1 ? "it" : "them"} no other word gets more.`];
  const who = most.a!.key === own[0] ? "the word itself" : quoted(most.text);
  return [
    first,
    `Without ${named.length === 1 ? "it" : "them"} ${who} gains most: ${fromTo(most)}.`,
  ];
}

function both({ rows, words, names, own }: Compared): string[] {
  const most = (side: "a" | "b", n: 0 | 1): string => {
    const place = names[n].length > longestName ? ["the first", "the second"][n] : quoted(names[n]);
    const best = rows.reduce<ComparedRow | undefined>(
      (top, row) => ((row[side]?.weight ?? 0) > (top?.[side]?.weight ?? 0) ? row : top),
      undefined,
    );
    const to = best && (best[side]!.key === own[n] ? "itself" : quoted(best.text));
    const what = best ? `most to ${to} (${percent(best[side]!.weight)})` : "to nothing";
    return `in ${place}, ${quoted(words[n])} attends ${what}`;
  };
  const sentence = `${most("a", 0)}; ${most("b", 1)}.`;
  const shared = rows.filter(({ difference }) => difference !== undefined);
  const change = largestChange(shared);
  return [
    sentence[0].toUpperCase() + sentence.slice(1),
    shared.length === 0
      ? "No word is in both."
      : change
        ? `Of the words in both, ${quoted(change.text)} differs most: ${fromTo(change)}.`
        : "Words in both have the same weights.",
  ];
}

function largestChange(rows: readonly ComparedRow[]): ComparedRow | undefined {
  const size = ({ difference = 0 }: ComparedRow): number => Math.abs(difference);
  const [first] = [...rows].sort((x, y) => size(y) - size(x));
  return first && size(first) > 0 ? first : undefined;
}

function fromTo({ a, b }: ComparedRow): string {
  return [a, b].map((side) => percent((side as Side).weight)).join(" → ");
}

function cosineOf({ blend, output }: Cosines = {}): string {
  const parts = [
    ...(blend === undefined ? [] : [`of the two blends is ${short(blend)}`]),
    ...(output === undefined
      ? []
      : [`of the two outputs ${blend === undefined ? "is " : ""}${short(output)}`]),
  ];
  return parts.length === 0
    ? ""
    : `The cosine ${parts.join(", ")}; 1 is the same direction, 0 has nothing in common.`;
}
