import { badgesOf } from "../badges.js";
import { inside } from "../marks.js";
import { unknownWords } from "../scenes/parts/picture.js";
import type { ViewName } from "../state.js";
import { blend } from "./blend.js";
import { compare } from "./compare.js";
import { map } from "./map.js";
import { heads, lines, matrix, oneWord } from "./simple.js";
import { steps } from "./steps.js";
import type { PagePicture, Pair, View } from "./types.js";

export type { PagePicture, Pair } from "./types.js";

const views: Readonly<Record<ViewName, View>> = {
  bars: oneWord,
  heads,
  matrix,
  lines,
  blend,
  steps,
  map,
  compare,
};

/** The picture of free play that a state asks for. */
export function pictureOf(pair: Pair): PagePicture {
  const { reading, state, width } = pair;
  const picture = views[state.view](pair, {
    width,
    subtitle: `${inside(state.text.trim())} · ${reading.where}`,
    badges: badgesOf(reading, state),
  });
  // Numbers of what was not understood are not shown as if it were.
  const caption = [picture.caption, unknownWords(pair)].filter(Boolean).join(" ");
  return { ...picture, caption };
}
