import type { BlendRow } from "./blendRow.js";
import { percent } from "./format.js";
import { group, line, rect, text } from "./marks.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

const rowHeight = 28;
const size = 15;

/** Each word with its weight, and with what it makes up of the output, on a scale that is written below. */
export function blendList(
  { parts, query }: BlendRow,
  top: number,
  width: number,
  chosen: number | undefined,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const shares = parts.flatMap(({ share }) => (share === undefined ? [] : [share]));
  const longest = Math.max(...parts.map(({ name }) => textWidth(name, size, 600)), 40) + 1;
  const nameEnd = 26 + Math.min(longest, width * 0.27);
  const weightEnd = nameEnd + 66;
  const shareStart = weightEnd + 14;
  const shareEnd = shareStart + 48;
  const head = (id: string, x: number, content: string, anchor: "start" | "end"): Mark =>
    text(id, x, top + 8, content, { size: 13, fill: "soft", anchor });
  const heads = [
    head("head-word", 26, "word", "start"),
    head("head-weight", weightEnd, "weight", "end"),
    ...(shares.length > 0 ? [head("head-share", shareStart, "of the output", "start")] : []),
  ];
  const [low, high] = scaleOf(shares);
  const [x0, x1] = [shareEnd + 12, Math.min(width - 1, shareEnd + 414)];
  const at = (share: number): number => x0 + ((share - low) / (high - low)) * (x1 - x0);
  const first = top + 22;
  const end = first + parts.length * rowHeight;

  const rows = parts.map(({ key, name, weight, share, own, blocked, label }, n): Mark => {
    const strong = key === chosen || own ? 600 : 400;
    const middle = rowHeight / 2;
    const number = { size, anchor: "end", weight: key === chosen ? 600 : 400 } as const;
    const marks = [
      rect(`entry-ground-${key}`, { x: 0, y: 0, width: shareEnd, height: rowHeight }, "ground"),
      rect(`entry-colour-${key}`, { x: 0.5, y: 6.5, width: 15, height: 15 }, `word-${key}`, {
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
    if (share !== undefined) {
      const value = Number.isFinite(share) ? share : 0;
      const [from, to] = [at(Math.min(0, value)), at(Math.max(0, value))];
      const box = { x: from, y: 7, width: to - from, height: rowHeight - 14 };
      marks.push(
        text(`entry-share-${key}`, shareEnd, middle, percent(share), number),
        rect(`entry-bar-${key}`, box, `word-${key}`, { rx: Math.min(2, (to - from) / 2) }),
      );
    }
    return group(`entry-${key}`, 0, first + n * rowHeight, marks, {
      target: { query, key },
      label,
      choice: key === chosen ? "chosen" : "open",
    });
  });
  if (shares.length === 0) return { marks: [...heads, ...rows], bottom: end };

  const tick = (share: number, anchor: "start" | "middle" | "end"): Mark =>
    text(`share-tick-${share}`, at(share), end + 12, share === 0 ? "0" : percent(share), {
      size: 12,
      fill: "soft",
      anchor,
    });
  const axis = [
    line("share-zero", [at(0), first], [at(0), end], "soft"),
    ...(x1 - x0 > 180 ? [tick(low, "start")] : []),
    tick(0, "middle"),
    tick(high, "end"),
  ];
  return { marks: [...heads, ...rows, ...axis], bottom: end + 20 };
}

/** From −50 % to 100 %, whatever the shares are; where that is too short, by halves. */
function scaleOf(shares: readonly number[]): readonly [number, number] {
  const finite = shares.filter(Number.isFinite);
  return [
    Math.min(-0.5, Math.floor(Math.min(...finite, 0) * 2) / 2),
    Math.max(1, Math.ceil(Math.max(...finite, 0) * 2) / 2),
  ];
}
