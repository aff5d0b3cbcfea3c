import { percent, quoted } from "./format.js";
import { largest, type Pairs } from "./pairs.js";

/** What all rows say, of those that have something to choose from. */
export function matrixCaption(pairs: Pairs, chosen: number | undefined): string {
  const { queries, weights, spread, choices, named } = pairs;
  const rows = queries
    .map((_, i) => i)
    .filter((i) => choices[i] > 1 && weights[i].some((w) => w > 0));
  if (rows.length === 0) {
    const none = choices.every((n) => n === 0);
    return none ? "Every key is blocked for every query." : "No query has a choice between keys.";
  }
  const bests = rows.map((i) => Math.max(0, ...weights[i].filter((weight) => weight > 0)));
  const top = rows[largest(bests)];
  const key = largest(weights[top]);
  const fixed = queries.length - rows.length;
  return [
    `${fixed > 0 ? "Where there is a choice, the" : "The"} strongest weight is ${percent(weights[top][key])}: ${quoted(queries[top])} → ${named(top, key)}.`,
    spreadOf(),
    rowOf(),
  ]
    .filter(Boolean)
    .join(" ");

  function spreadOf(): string {
    const [first, ...others] = [...rows].sort((a, b) => spread[a] - spread[b]);
    const last = others.at(-1);
    const say = (i: number): string => `${quoted(queries[i])} (spread ${percent(spread[i])})`;
    if (last === undefined)
      return `Its spread is ${percent(spread[first])}: 0 % is all for one key, 100 % the same for each.`;
    if (percent(spread[first]) === percent(spread[last]))
      return `All rows spread alike, ${percent(spread[first])}: 0 % is all for one key, 100 % the same for each.`;
    return `The most selective row is that of ${say(first)}, the widest that of ${say(last)}: 0 % is all for one key, 100 % the same for each.`;
  }

  function rowOf(): string {
    if (chosen === undefined || weights[chosen] === undefined) return "";
    const row = weights[chosen];
    const most = largest(row);
    const name = quoted(queries[chosen]);
    if (most < 0) return `${name} attends to nothing.`;
    return `${name} attends most to ${named(chosen, most)} (${percent(row[most])}).`;
  }
}
