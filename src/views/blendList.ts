import type { BlendRow, Part } from "./blendRow.js";
import { percent } from "./format.js";
import { fromAfar } from "./fromAfar.js";
import { group, rect, text } from "./marks.js";
import { shareBars } from "./shareBars.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

/** Between columns of words. */
const apart = 40;

/**
 * Each word with its weight, and with what it makes up of the output, on a scale that is written below. Without that,
 * words stand in as many columns as there is room for.
 */
export function blendList(
  { parts, query }: BlendRow,
  top: number,
  width: number,
  chosen: number | undefined,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const [rowHeight, size] = fromAfar(parts.length, width) ? [36, 19] : [28, 15];
  const longest = Math.max(...parts.map(({ name }) => textWidth(name, size, 600)), 40) + 1;
  const nameEnd = 26 + Math.min(longest, width * 0.27);
  const weightEnd = nameEnd + textWidth("blocked", size, 600) + 8;
  const shareStart = weightEnd + 14;
  const shareEnd = shareStart + size * 3.2;
  const shared = parts.some(({ share }) => share !== undefined);
  const fitting = Math.max(1, Math.floor((width + apart) / (weightEnd + apart)));
  const rows = shared ? parts.length : Math.ceil(parts.length / fitting);
  const columns = Math.ceil(parts.length / rows);
  const first = top + 22;
  const bottom = first + rows * rowHeight;

  const head = (id: string, x: number, content: string, anchor: "start" | "end"): Mark =>
    text(id, x, top + 8, content, { size: 13, fill: "soft", anchor });
  const heads = Array.from({ length: columns }, (_, n) => {
    const [id, x] = [n === 0 ? "" : `-${n}`, n * (weightEnd + apart)];
    return [
      head(`head-word${id}`, x + 26, "word", "start"),
      head(`head-weight${id}`, x + weightEnd, "weight", "end"),
    ];
  }).flat();
  const entries = parts.map((part, n) =>
    group(
      `entry-${part.key}`,
      Math.floor(n / rows) * (weightEnd + apart),
      first + (n % rows) * rowHeight,
      entryOf(part),
      {
        target: { query, key: part.key },
        label: part.label,
        choice: part.key === chosen ? "chosen" : "open",
      },
    ),
  );
  if (!shared) return { marks: [...heads, ...entries], bottom };
  heads.push(head("head-share", shareStart, "of the output", "start"));
  const bars = shareBars(parts, { left: shareEnd + 12, top: first, width, rowHeight });
  return { marks: [...heads, ...entries, ...bars], bottom: bottom + 20 };

  function entryOf({ key, name, weight, share, own, blocked }: Part): Mark[] {
    const strong = key === chosen || own ? 600 : 400;
    const middle = rowHeight / 2;
    const number = { size, anchor: "end", weight: key === chosen ? 600 : 400 } as const;
    const ground = { x: 0, y: 0, width: shared ? shareEnd : weightEnd, height: rowHeight };
    const square = { x: 0.5, y: middle - 7.5, width: 15, height: 15 };
    const marks = [
      rect(`entry-ground-${key}`, ground, "ground"),
      rect(`entry-colour-${key}`, square, `word-${key}`, {
        rx: 3,
        stroke: key === chosen ? "ink" : "none",
      }),
      text(`entry-name-${key}`, 26, middle, fit(name, nameEnd - 26, size, strong), {
        size,
        weight: strong,
      }),
      text(`entry-weight-${key}`, weightEnd, middle, blocked ? "blocked" : percent(weight), {
        ...number,
        fill: blocked ? "soft" : "ink",
      }),
    ];
    return share === undefined
      ? marks
      : [...marks, text(`entry-share-${key}`, shareEnd, middle, percent(share), number)];
  }
}
