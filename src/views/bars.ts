import type { WeightsView } from "../explain/index.js";
import { inside, percent, quoted } from "./format.js";
import { fromAfar } from "./fromAfar.js";
import { group, line, rect, text } from "./marks.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark, Paint, Picture, PictureOptions } from "./types.js";

export interface BarsOptions extends PictureOptions {
  /** The position of the query. Default 0. */
  readonly query?: number | undefined;
  /** The position of a key that is pointed out. */
  readonly key?: number | undefined;
  /** The colour of each key's bar. Default: that of the word at its position. */
  readonly paint?: ((key: number) => Paint) | undefined;
}

/** How high a row is, and its letters. A few words are large. */
function lettersOf(words: number, width: number): readonly [rowHeight: number, size: number] {
  if (fromAfar(words, width)) return [words > 5 ? 62 : 76, 26];
  return words <= 8 && width >= 520 ? [54, 18] : [words > 16 ? 28 : 38, 15];
}

/**
 * What one query attends to: a bar for each key, in the order of the keys, on a scale from 0 to 100 % that stays
 * whatever the weights are. A line marks an even row.
 */
export function bars(view: WeightsView, options: BarsOptions = {}): Picture {
  const { width = 640, query = 0, key: marked, paint = (key) => `word-${key}` as const } = options;
  const row = view.row(query);
  const keys = [...row.keys].sort((a, b) => a.keyIndex - b.keyIndex);
  const [rowHeight, size] = lettersOf(keys.length, width);
  const [top, small] = size > 18 ? [32, 17] : [26, 13];
  const left = Math.min(
    width * 0.36,
    Math.max(...keys.map(({ key }) => textWidth(key, size, 600))) + 16,
  );
  const full = width - (textWidth("100\u00a0%", size, 600) + 12) - left;
  const height = top + keys.length * rowHeight + 6;
  const choices = keys.filter(({ blocked }) => blocked !== true).length;
  const own = view.queries === view.keys ? query : -1;

  const rows = keys.map(({ key, keyIndex, weight, blocked, reason }): Mark => {
    const long = weight * full;
    const chosen = keyIndex === marked;
    const marks = [
      text(`name-${keyIndex}`, left - 12, rowHeight / 2, fit(key, left - 14, size, 600), {
        size,
        anchor: "end",
        weight: chosen || keyIndex === own ? 600 : 400,
      }),
      rect(
        `bar-${keyIndex}`,
        { x: left, y: 5, width: Math.max(long, weight > 0 ? 1 : 0), height: rowHeight - 10 },
        paint(keyIndex),
        {
          rx: 3,
          stroke: keyIndex === own || chosen ? "ink" : "none",
          "stroke-width": chosen ? 2 : 1.2,
        },
      ),
      text(
        `number-${keyIndex}`,
        left + long + 8,
        rowHeight / 2,
        blocked ? "blocked" : percent(weight),
        {
          size,
          weight: chosen ? 600 : 400,
          fill: blocked ? "soft" : "ink",
          halo: true,
        },
      ),
    ];
    const label = `${inside(key)}: ${blocked ? `blocked, ${reason}` : percent(weight)}`;
    return group(`row-${keyIndex}`, 0, top + keyIndex * rowHeight, marks, {
      target: { query, key: keyIndex },
      label,
      choice: chosen ? "chosen" : "open",
    });
  });
  const rooms = keys.map(({ keyIndex }) => {
    const room = {
      x: left,
      y: top + keyIndex * rowHeight + 5,
      width: full,
      height: rowHeight - 10,
    };
    return rect(`room-${keyIndex}`, room, "line", { rx: 3, opacity: 0.25 });
  });
  const name = inside(row.query.text);
  return {
    width,
    height,
    title: `What “${name}” attends to`,
    subtitle: options.subtitle ?? view.name,
    badges: options.badges ?? [],
    caption: captionOf(),
    marks: [...rooms, ...(choices > 1 ? even(1 / choices) : []), ...rows],
    table: () => ({
      columns: ["Key", "Weight", "Blocked by"],
      rows: keys.map(({ key, weight, reason }) => [key, percent(weight), reason]),
    }),
  };

  /** Where bars would end if the query attended to all alike. */
  function even(share: number): Mark[] {
    const label = `even: ${percent(share)}`;
    const half = textWidth(label, small) / 2;
    const x = left + share * full;
    return [
      line("even", [x, top], [x, height - 6], "soft", { "stroke-dasharray": "3 3" }),
      text("even-name", Math.min(Math.max(x, half), width - half), top / 2, label, {
        size: small,
        anchor: "middle",
        fill: "soft",
      }),
    ];
  }

  function captionOf(): string {
    const given = row.keys.filter(({ weight }) => weight > 0);
    if (given.length === 0) return `“${name}” attends to nothing: every key is blocked.`;
    const [first, second] = given.map(({ key, keyIndex, weight }) => {
      const who = keyIndex === own ? "itself" : quoted(key);
      return `${who} (${percent(weight)})`;
    });
    const most =
      second === undefined
        ? `All of it goes to ${first}.`
        : `The most goes to ${first}, then ${second}.`;
    if (choices < 2) return most;
    const spread = view.normalizedEntropy(query);
    const share = percent(1 / choices);
    if (spread > 0.95)
      return `${most} That is close to even, as much for each word (${share}): it spreads widely, and selects little.`;
    const above = keys.filter(
      ({ weight, keyIndex }) => weight > 1 / choices && keyIndex !== own,
    ).length;
    return `${most} Even, with as much for each word, it would be ${share}; ${above === 0 ? "no other word gets" : above === 1 ? "one other word gets" : `${above} other words get`} more.`;
  }
}
