import type { BlendRow, Part } from "./blendRow.js";
import { chipHeight, placeChips, type Chip } from "./chips.js";
import { percent } from "./format.js";
import { fromAfar } from "./fromAfar.js";
import { group, path, rect, round, still, text } from "./marks.js";
import { handle, segment } from "./segments.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

export interface BarOptions {
  readonly width: number;
  readonly pour: number;
  readonly draggable: boolean;
  /** The position of a key that is pointed out. */
  readonly key: number | undefined;
}

/** More words than this have no room beside each other. */
const mostChips = 12;

/** The words, what flows from them, and the bar that it flows into. */
export function blendBar(
  row: BlendRow,
  options: BarOptions,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const { width, pour } = options;
  const { parts, query } = row;
  const wide = width >= 520;
  const large = fromAfar(parts.length, width);
  const size = large ? 20 : wide ? 16 : 14;
  const withChips = parts.length <= mostChips;
  const { chips, bottom } = placeChips(withChips ? parts.map(({ name }) => name) : [], width, size);
  const top = withChips ? bottom + (wide ? 112 : 80) : 6;
  const height = large ? 96 : 72;
  /** Between where a word stands and where it flows to. */
  const between = (from: number, to: number): number => from + (to - from) * pour;

  const flowing = parts.filter(({ from, to }) => to > from);
  const names = withChips ? parts.map(chipOf) : [];
  const segments = flowing.map(segmentOf);
  const rest = 1 - row.rest;
  const bar = { x: 0, y: top, width, height };
  return {
    marks: [
      rect("blend-room", bar, "line", { rx: 4, opacity: 0.25 }),
      ...(withChips ? flowing.map(bandOf) : []),
      ...names,
      ...segments,
      ...(row.rest > 0 ? [restOf()] : []),
      ...(flowing.length === 0 && row.rest === 0 ? [nothing()] : []),
      ...(options.draggable
        ? parts.filter(({ blocked }) => !blocked).map((part) => handle(part, query, bar))
        : []),
    ],
    bottom: top + height,
  };

  function chipOf({ key, name, label, own, blocked }: Part): Mark {
    const { x, y, width } = chips[key];
    const chosen = key === options.key;
    const look = {
      rx: 8,
      stroke: blocked ? "line" : own || chosen ? "ink" : "none",
      "stroke-width": chosen ? 2 : 1.2,
    };
    const box = { x: 1, y: 1, width: width - 2, height: chipHeight - 2 };
    const shown = text(`chip-text-${key}`, width / 2, chipHeight / 2, fit(name, width - 10, size, 600), {
      size,
      weight: own || chosen ? 600 : 400,
      anchor: "middle",
      fill: blocked ? "soft" : "ink",
    }); // prettier-ignore
    const marks = [rect(`chip-${key}`, box, blocked ? "ground" : `word-${key}`, look), shown];
    return group(`word-${key}`, x, y, marks, { target: { query, key }, label });
  }

  /** From a chip to its segment: never wider than either. Always the same commands, so that it flows. */
  function bandOf({ key, from, to }: Part): Mark {
    const chip: Chip = chips[key];
    const middle = chip.x + chip.width / 2;
    const half = (Math.min(chip.width - 12, (to - from) * width) / 2) * pour;
    const [y0, y1] = [chip.y + chipHeight / 2, between(chip.y + chipHeight, top)].map(round);
    const bend = round((y0 + y1) / 2);
    const [a, b] = [middle - half, middle + half].map(round);
    const [c, d] = [from, to].map((at) => round(between(middle, at * width)));
    const curve = `M${a},${y0} C${a},${bend} ${c},${bend} ${c},${y1} L${d},${y1} C${d},${bend} ${b},${bend} ${b},${y0} Z`;
    return still(path(`band-${key}`, curve, { fill: `word-${key}`, opacity: 0.35 }));
  }

  function segmentOf(part: Part): Mark {
    const chip = chips[part.key] as Chip | undefined;
    const [from, long] = [part.from * width, (part.to - part.from) * width];
    const start = chip ? chip.x + chip.width / 2 : from + long / 2;
    const [x, y] = [between(start, from), chip ? between(chip.y + chipHeight, top) : top];
    return segment(part, query, { x, y, width: long, height }, pour, part.key === options.key);
  }

  /** What a sink takes is no word's. */
  function restOf(): Mark {
    const long = row.rest * width;
    const number = percent(row.rest);
    const box = { x: 1, y: 0.5, width: Math.max(long - 2, 0.5), height: height - 1 };
    const lines = ["no key", number].map((content, n) =>
      text(`segment-rest-${n}`, long / 2, height / 2 + (n === 0 ? -11 : 11), content, {
        size: 14,
        anchor: "middle",
        fill: "soft",
      }),
    );
    const shape = rect("segment-rest", box, "ground", { rx: 4, stroke: "line" });
    const named = textWidth("no key", 14) + 8 <= long;
    const marks = [shape, ...(named ? lines : [])];
    return group("segment-group-rest", rest * width, top, marks, { label: `no key: ${number}` });
  }

  function nothing(): Mark {
    const said = fit("nothing: no key has a weight", width - 16, 15);
    return text("segment-name-nothing", width / 2, top + height / 2, said, {
      anchor: "middle",
      fill: "soft",
    });
  }
}
