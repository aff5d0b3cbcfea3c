const number = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/**
 * What is between two texts, from 0 to 1: the numbers in them change by degrees. Texts that differ in anything else,
 * such as paths of other commands, have nothing between them: it is the second at once.
 */
export function between(from: string, to: string): (t: number) => string {
  const parts = to.split(number);
  if (from.split(number).join("#") !== parts.join("#")) return () => to;
  const starts = (from.match(number) ?? []).map(Number);
  const ends = (to.match(number) ?? []).map(Number);
  return (t) =>
    parts
      .map((part, i) => (i < ends.length ? `${part}${starts[i] * (1 - t) + ends[i] * t}` : part))
      .join("");
}
