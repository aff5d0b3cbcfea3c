import type { SceneContext } from "../types.js";
import { wordOf, wordRow } from "./attention.js";
import { percent } from "../../marks.js";
import { joined, nameOf } from "./picture.js";
import { evenShare, plainOf, storiesOf, strongestOf, type Story } from "./story.js";

/** Which heads of which layer look where, and what the mean of the shown one makes of it. */
export function lookOf(context: SceneContext): string {
  const { reading } = context;
  const { groups } = reading;
  const word = wordOf(context);
  const name = nameOf(context, word);
  if (groups.length === 1) return `${name} is the only word, so every head looks at it alone.`;
  const layers = reading.encoded.layers.map((_, layer) => ({
    layer,
    found: storiesOf(reading, word, layer),
  }));
  const even = evenOf(context);
  if (layers.every(({ found }) => found.length === 0)) return `No head gives another word much more than even (${percent(even)}): ${name} ${plainOf(reading, word)}, no story here.`; // prettier-ignore
  const said = layers.map(({ layer, found }) => {
    const each = found.map(({ head, key, weight }) => `head ${head + 1} at ${nameOf(context, key)} (${percent(weight)})`); // prettier-ignore
    return found.length === 0
      ? `none in layer ${layer + 1}`
      : `in layer ${layer + 1} ${joined(each)}`;
  });
  return `Heads that look from ${name} at another word: ${said.join("; ")}.`;
}

/** What the mean of the layer makes of what its heads do. */
export function meanOf(context: SceneContext): string {
  const { layer } = context.state;
  const row = wordRow(context, layer, "mean", wordOf(context));
  const even = evenOf(context);
  const lost =
    storiesOf(context.reading, wordOf(context), layer).find(({ key }) => row[key] < even) ??
    lowestOf(context, row);
  const word = wordOf(context);
  const [best] = context.reading.encoded.layers
    .flatMap((_, at) => strongestOf(context.reading, word, at).map((it) => ({ ...it, at })))
    .sort((a, b) => b.weight - a.weight);
  const most = best === undefined ? "" : `Of all heads, head ${best.head + 1} of layer ${best.at + 1} looks most at a word other than ${nameOf(context, word)}: ${percent(best.weight)} go to ${nameOf(context, best.key)}. `; // prettier-ignore
  if (!lost) return `${most}Even, that is the same for each word, would be ${percent(even)}.`;
  return `${most}In the mean of layer ${layer + 1} ${nameOf(context, lost.key)} gets ${percent(row[lost.key])}, where even would be ${percent(even)}.`;
}

/** The other word of which the mean takes least, though a head looks at it somewhere. */
function lowestOf(context: SceneContext, row: readonly number[]): Story | undefined {
  const found = context.reading.encoded.layers.flatMap((_, layer) =>
    storiesOf(context.reading, wordOf(context), layer),
  );
  return found.sort((a, b) => row[a.key] - row[b.key])[0];
}

/** What each word gets if all that may be read get the same. */
export const evenOf = (context: SceneContext): number =>
  evenShare(context.reading, wordOf(context));
