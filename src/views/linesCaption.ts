import { percent, quoted } from "./format.js";
import { mostOf, type Pairs } from "./pairs.js";

/** The strongest lines of a query, and how many other queries have theirs at the same key. */
export function linesCaption(pairs: Pairs, query: number): string {
  const { queries, weights, choices, named } = pairs;
  const name = quoted(queries[query]);
  const given = weights[query]
    .map((weight, key) => ({ weight, key }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  if (given.length === 0) {
    return choices[query] === 0
      ? `${name} attends to nothing: every key is blocked.`
      : `${name} attends to nothing.`;
  }
  const shown = given
    .slice(0, 3)
    .map(({ weight, key }) => `${percent(weight)} to ${named(query, key)}`);
  const rest = given.slice(3).reduce((sum, { weight }) => sum + weight, 0);
  const parts =
    rest > 0
      ? [
          ...shown,
          `${percent(rest)} to ${given.length - 3} ${given.length === 4 ? "other" : "others"}`,
        ]
      : shown;
  const row =
    parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  const best = given[0].key;
  const alike = queries.filter((_, i) => i !== query && mostOf(pairs, i).key === best).length;
  const others = queries.length - 1;
  if (others === 0) return `${name} gives ${row}.`;
  const to = quoted(pairs.keys[best]);
  const who = `${alike === others ? "All" : alike} of the ${others} other words`;
  const same =
    alike === 0
      ? `No other word gives most to ${to}.`
      : others === 1
        ? `The other word gives most to ${to} too.`
        : `${who} ${alike === 1 ? "gives" : "give"} most to ${to} too.`;
  return `${name} gives ${row}. ${same}`;
}
