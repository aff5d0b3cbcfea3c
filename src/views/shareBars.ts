import type { Part } from "./blendRow.js";
import { percent } from "./format.js";
import { line, rect, still, text } from "./marks.js";
import type { Mark } from "./types.js";

/** Where the bars lie: each beside its entry of the list. */
interface Place {
  readonly left: number;
  readonly top: number;
  /** Of the picture. */
  readonly width: number;
  readonly rowHeight: number;
}

/** What words make up of the output, as bars on a scale that is written below. */
export function shareBars(parts: readonly Part[], { left, top, width, rowHeight }: Place): Mark[] {
  const [low, high] = scaleOf(parts.map(({ share }) => share ?? 0));
  const right = Math.min(width - 1, left + 402);
  const end = top + parts.length * rowHeight;
  const at = (share: number): number => left + ((share - low) / (high - low)) * (right - left);
  const bars = parts.map(({ key, share = 0 }, n): Mark => {
    const value = Number.isFinite(share) ? share : 0;
    const [from, to] = [at(Math.min(0, value)), at(Math.max(0, value))];
    const box = {
      x: from,
      y: top + n * rowHeight + 7,
      width: to - from,
      height: rowHeight - 14,
    };
    return still(
      rect(`entry-bar-${key}`, box, `word-${key}`, { rx: Math.min(2, (to - from) / 2) }),
    );
  });
  const tick = (share: number, anchor: "start" | "middle" | "end"): Mark =>
    text(`share-tick-${share}`, at(share), end + 12, share === 0 ? "0" : percent(share), {
      size: 12,
      fill: "soft",
      anchor,
    });
  return [
    ...bars,
    line("share-zero", [at(0), top], [at(0), end], "soft"),
    ...(right - left > 180 ? [tick(low, "start")] : []),
    tick(0, "middle"),
    ...(right - at(0) > 56 ? [tick(high, "end")] : []),
  ];
}

/** From −50 % to 100 %, whatever the shares are; where that is too short, by halves. */
function scaleOf(shares: readonly number[]): readonly [number, number] {
  const finite = shares.filter(Number.isFinite);
  return [
    Math.min(-0.5, Math.floor(Math.min(...finite, 0) * 2) / 2),
    Math.max(1, Math.ceil(Math.max(...finite, 0) * 2) / 2),
  ];
}
