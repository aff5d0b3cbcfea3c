import type { WeightsView } from "../explain/index.js";
import { blendBar } from "./blendBar.js";
import { blendCaption } from "./blendCaption.js";
import { blendList } from "./blendList.js";
import { blendRow } from "./blendRow.js";
import { percent } from "./format.js";
import { nextBar, type NextState } from "./nextBar.js";
import type { Picture, PictureOptions } from "./types.js";

export interface BlendOptions extends PictureOptions {
  /** The position of the query. Default 0. */
  readonly query?: number | undefined;
  /** The position of a key that is pointed out. */
  readonly key?: number | undefined;
  /** `[S]`: other weights than those of the view, which someone set. They sum to 1. */
  readonly weights?: ArrayLike<number> | undefined;
  /** `[S]`: what each key makes up of the output, as `outputShares` says. They sum to 1; one may be negative. */
  readonly shares?: ArrayLike<number> | undefined;
  /** What the word's next state consists of. The shares sum to 1. */
  readonly next?: NextState | undefined;
  /** How much has flowed into the bar, from 0 to 1 (default). Draw 0 and then 1: the words pour. */
  readonly pour?: number | undefined;
  /** Whether a reader can drag the right edges of the segments. */
  readonly draggable?: boolean | undefined;
}

/**
 * The output of attention as what it is made of: the words pour into one bar, in which each is as wide as its weight.
 * Below it, each word's weight and what it makes up of the output; and the sum that the output becomes a part of.
 * More than 12 words have no room to pour: they are a bar and a list.
 */
export function blend(view: WeightsView, options: BlendOptions = {}): Picture {
  const { width = 640, query = 0, key, weights, shares, next, draggable = false } = options;
  const pour = Math.min(1, Math.max(0, options.pour ?? 1));
  const row = blendRow(view, query, weights, shares);
  const bar = blendBar(row, { width, pour, draggable, key });
  const list = blendList(row, bar.bottom + 24, width, key);
  const after = next && nextBar(next, query, row.name, list.bottom + 18, width);
  return {
    width,
    height: (after ?? list).bottom + 4,
    title: `What attention gives “${row.name}”`,
    subtitle: options.subtitle ?? view.name,
    badges: options.badges ?? [],
    caption: blendCaption(row, next),
    marks: [...bar.marks, ...list.marks, ...(after?.marks ?? [])],
    table: () => ({
      columns: ["Word", "Weight", ...(shares ? ["Of the output"] : [])],
      rows: [
        ...row.parts.map(({ key, weight, blocked, share }) => [
          view.keys[key].id,
          blocked ? "blocked" : percent(weight),
          ...(share === undefined ? [] : [percent(share)]),
        ]),
        ...(row.rest > 0 ? [["no key", percent(row.rest), ...(shares ? ["–"] : [])]] : []),
      ],
    }),
  };
}
