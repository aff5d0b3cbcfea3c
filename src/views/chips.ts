import { textWidth } from "./textWidth.js";

/** Where a word stands. */
export interface Chip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const chipHeight = 32;
const rowGap = 10;
const gap = 6;

/** Places words in one row, or in two where they are too wide for it, every other word in the second. */
export function placeChips(
  names: readonly string[],
  width: number,
  size: number,
): { readonly chips: readonly Chip[]; readonly bottom: number } {
  const wide = names.map((name) => textWidth(name, size, 600) + 20);
  const sum = wide.reduce((a, b) => a + b, 0) + gap * (names.length - 1);
  const rows = sum > width && names.length > 3 ? 2 : 1;
  const chips: Chip[] = [];
  for (let row = 0; row < rows; row++) {
    const mine = wide.flatMap((it, n) => (n % rows === row ? [[n, it] as const] : []));
    const most = capOf(
      mine.map(([, it]) => it),
      width - gap * (mine.length - 1),
    );
    const used = mine.reduce((total, [, it]) => total + Math.min(it, most), 0);
    const air = (width - used) / mine.length;
    let x = air / 2;
    for (const [n, it] of mine) {
      const chip = Math.min(it, most);
      chips[n] = { x, y: row * (chipHeight + rowGap), width: chip };
      x += chip + air;
    }
  }
  return { chips, bottom: rows * (chipHeight + rowGap) - rowGap };
}

/** The width that the widest may have so that all fit into the room. */
function capOf(widths: readonly number[], room: number): number {
  const sorted = [...widths].sort((a, b) => a - b);
  let left = room;
  for (const [n, width] of sorted.entries()) {
    const even = left / (sorted.length - n);
    if (width > even) return even;
    left -= width;
  }
  return Infinity;
}
