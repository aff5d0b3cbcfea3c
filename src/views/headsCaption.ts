import { percent, quoted } from "./format.js";
import { mostOf, type Pairs } from "./pairs.js";

/** In what the heads agree and differ for one query. */
export function headsCaption(
  layers: readonly (readonly Pairs[])[],
  query: number,
  nameOf: (layer: number, head: number) => string,
): string {
  const heads = layers.flatMap((pairs, layer) =>
    pairs.map((it, head) => ({ layer, head, pairs: it, ...mostOf(it, query) })),
  );
  const name = quoted(heads[0].pairs.queries[query]);
  const best = heads.reduce((a, b) => (b.weight > a.weight ? b : a));
  if (best.key < 0) return `${name} attends to nothing in any head.`;
  const key = best.pairs.named(query, best.key);
  const strongest = `The strongest weight of ${name} is in ${nameOf(best.layer, best.head)}: ${percent(best.weight)} to ${key}.`;
  return [strongest, meanOf(), agreement()].filter(Boolean).join(" ");

  function meanOf(): string {
    const beside = layers[best.layer];
    if (beside.length < 2) return "";
    const sum = beside.reduce((total, it) => total + it.weights[query][best.key], 0);
    const where = layers.length > 1 ? "heads of its layer" : "heads";
    return `The mean of the ${beside.length} ${where} gives ${percent(sum / beside.length)} to ${key}.`;
  }

  function agreement(): string {
    if (heads.length < 2) return "";
    const counts = new Map<number, number>();
    for (const it of heads) counts.set(it.key, (counts.get(it.key) ?? 0) + 1);
    const named = (it: number): string => (it < 0 ? "nothing" : best.pairs.named(query, it));
    const sorted = [...counts].sort(([, a], [, b]) => b - a);
    if (sorted.length === 1)
      return `All ${heads.length} heads give most to ${named(sorted[0][0])}.`;
    const shown = sorted.slice(0, sorted.length > 4 ? 3 : 4);
    const others = heads.length - shown.reduce((sum, [, count]) => sum + count, 0);
    const parts = shown.map(
      ([it, count], n) =>
        `${count}${n === 0 ? ` give${count === 1 ? "s" : ""} most` : ""} to ${named(it)}`,
    );
    if (others > 0) parts.push(`${others} to other words`);
    return `Of ${heads.length} heads, ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}.`;
  }
}
