import { inside, percent, short } from "./format.js";
import { correlation } from "./planeWeights.js";

/** What the sentences below a plane are made from. */
export interface PlaneSaid {
  readonly name: string;
  readonly kept: number;
  readonly moved: readonly [number, number] | undefined;
  /** Of the keys that are not blocked. */
  readonly open: readonly OpenKey[];
}

export interface OpenKey {
  /** In a sentence on the query. */
  readonly name: string;
  readonly score: number;
  /** What the score is by the map alone. */
  readonly inMap: number;
  readonly weight: number;
}

export function planeCaption({ name, kept, moved, open }: PlaneSaid): string {
  return [
    `This flat map keeps ${percent(kept)} of the squares of all queries and keys.`,
    agreement(),
    moved && `Its query was moved by hand, by (${short(moved[0])}, ${short(moved[1])}).`,
    most(),
  ]
    .filter(Boolean)
    .join(" ");

  function agreement(): string {
    const r = correlation(
      open.map(({ score }) => score),
      open.map(({ inMap }) => inMap),
    );
    if (r === undefined) return "";
    const how = r > 0.9 ? "follow" : r > 0.6 ? "roughly follow" : "do not follow";
    return (
      `For “${inside(name)}” the scores in the map ${how} the true ones ` +
      `(correlation ${short(r)} over ${open.length} keys).`
    );
  }

  function most(): string {
    const given = open.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
    if (given.length === 0) return `“${inside(name)}” attends to nothing.`;
    const [first, second] = given.map((it) => `${it.name} (${percent(it.weight)})`);
    const now = moved ? "From here it attends" : `“${inside(name)}” attends`;
    return second === undefined
      ? `${now} to ${first} alone.`
      : `${now} most to ${first}, then to ${second}.`;
  }
}
