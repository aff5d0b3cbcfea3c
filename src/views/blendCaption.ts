import type { BlendRow } from "./blendRow.js";
import { percent } from "./format.js";
import type { NextState } from "./nextBar.js";

/** What a blend is mostly made of, where shares of the output differ from weights, and what it is added to. */
export function blendCaption(row: BlendRow, next: NextState | undefined): string {
  const { name, parts, rest } = row;
  const sorted = parts.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  const [first] = sorted;
  if (first === undefined) {
    const blocked = parts.every(({ blocked }) => blocked);
    return `Attention gives “${name}” nothing: ${blocked ? "every key is blocked" : "no key has a weight"}.`;
  }
  return [mostly(), sink(), differs(), after()].filter(Boolean).join(" ");

  function mostly(): string {
    const say = ({ said, weight }: (typeof parts)[number]): string => `${said} (${percent(weight)})`;
    const what = `What attention gives “${name}”`;
    if (sorted.length === 1 && rest === 0) return `${what} is the value of ${say(first)} alone.`;
    let [count, sum] = [0, 0];
    while (count < sorted.length && sum < 0.5 - 1e-9) sum += sorted[count++].weight;
    if (sum >= 0.5 - 1e-9 && count <= 3) {
      const names = sorted.slice(0, count).map(say);
      const last = names.pop()!;
      const list = names.length > 0 ? `${names.join(", ")} and ${last}` : last;
      return `${what} is a blend of values, at least half of it from ${list}.`;
    }
    const words = `${sorted.length} words`;
    return `${what} is a blend of the values of ${words}; no three of them make up half. The most comes from ${say(first)}.`;
  } // prettier-ignore

  function sink(): string {
    return rest > 0 ? `${percent(rest)} goes to no key.` : "";
  }

  /** A weight is not what comes of it. */
  function differs(): string {
    const shared = parts.filter(({ share }) => share !== undefined && Number.isFinite(share));
    const gap = ({ share, weight }: (typeof parts)[number]): number => Math.abs(share! - weight);
    const [widest] = [...shared].sort((a, b) => gap(b) - gap(a));
    if (widest === undefined) return "";
    if (gap(widest) < 0.02) return "What each word makes up of the output is close to its weight.";
    const { said, own, share, weight } = widest;
    const why =
      share! < 0
        ? "its value points away from the output"
        : "values differ in length and direction";
    return `${own ? "Its own weight" : `The weight of ${said}`} is ${percent(weight)}, but it makes up ${percent(share!)} of the output: ${why}.`;
  }

  function after(): string {
    if (next === undefined) return "";
    const { residual, attention, bias } = next;
    return (
      `“${name}” is not replaced by that; it is added to what it was. Of the sum, ${exact(attention)} comes from ` +
      `attention, ${exact(residual)} from what it was, and ${exact(bias)} from the bias.`
    );
  }
}

/** With a tenth of a percent, as three shares of one sum. */
function exact(share: number): string {
  return `${(share * 100).toFixed(1).replace("-", "−")}\u00a0%`;
}
