import { checkArguments, checkOptions, describe, numberError, typeError } from "../tensor/index.js";
import { readAlign, standing, type Align } from "./align.js";
import { coverage, type BoundMask, type MaskRule, type Place } from "./types.js";

/** How many neighbours a query sees on each side, itself not counted. */
export interface Window {
  /** Keys before the query's own. A non-negative integer, or Infinity: no limit. */
  left: number;
  /** Keys after the query's own. A non-negative integer, or Infinity: no limit. */
  right: number;
  /** How L queries stand among S keys; may be left out while L = S. */
  align?: Align | undefined;
}

/**
 * A sliding window: query `i` at key `p = i + offset` sees the keys `p − left … p + right`.
 *
 * @param window - `left` and `right` count neighbours: `{ left: 2, right: 0 }` sees itself and the
 *   two before.
 * @throws TypeError for sides that are no numbers, when the rule is used.
 * @throws RangeError for negative or fractional sides, or L ≠ S without `align`, when it is used.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.window({ left: 1, right: 0 }), [3, 3])));
 * // → [ [ 1, 0, 0 ], [ 1, 1, 0 ], [ 0, 1, 1 ] ]
 * ```
 */
export function window(window: Window): MaskRule {
  checkArguments("masks.window", arguments.length, ["window"]);
  return {
    kind: "mask",
    made: { by: "window", with: [window] },
    bind(shape, place) {
      const { left, right, align } = checkWindow(window, place);
      const offsets = readAlign(align, shape, place, "a window without `align`");
      return boundWindow(left, right, offsets);
    },
  };
}

/** As `Hints`. */
export const windowHints = {
  "write `left`, keys before the query's own": "before past window_left left_window_size",
  "write `right`, keys after the query's own": "after future window_right right_window_size",
  "write `left` and `right`, neighbours on each side": "size window_size",
};

/** The window, if both sides are given and count neighbours. */
function checkWindow(window: unknown, { fn, argument }: Place): Window {
  if (typeof window !== "object" || window === null) {
    throw typeError(
      fn,
      argument,
      "{ left, right }, neighbours on each side",
      describe(window),
      typeof window === "number"
        ? "write for instance { left: 2, right: 0 }: itself and two before"
        : undefined,
    );
  }
  const own = checkOptions(fn, window as Window, ["left", "right", "align"], windowHints, argument);
  for (const side of ["left", "right"] as const) {
    const count: unknown = own[side];
    if (typeof count === "number" && count >= 0 && count === Math.floor(count)) continue;
    const fix =
      count === undefined || count === -1 ? `write ${side}: Infinity for no limit` : undefined;
    const expected = "a number of neighbours, a non-negative integer or Infinity";
    throw numberError(fn, `${argument}.${side}`, expected, count, fix);
  }
  return own as Window;
}

function boundWindow(left: number, right: number, offsets: Float64Array): BoundMask {
  return {
    coverage(b, _h, i0, i1, j0, j1) {
      const first = i0 + offsets[b];
      const last = i1 - 1 + offsets[b];
      if (j0 > last + right || j1 - 1 < first - left) return coverage.none;
      return j1 - 1 <= first + right && j0 >= last - left ? coverage.all : coverage.some;
    },
    narrow(b, _h, i, j0, j1, allowed) {
      const position = i + offsets[b];
      for (let j = j0; j < j1; j++) {
        if (j < position - left || j > position + right) allowed[j - j0] = 0;
      }
    },
    reason(b, _h, i, j) {
      const away = j - i - offsets[b];
      const [where, side, size] = away < 0 ? ["before", "left", left] : ["after", "right", right];
      const from = `query ${i}${standing(i, offsets[b])}`;
      return `key ${j} is ${Math.abs(away)} ${where} ${from}, the window has ${size} on the ${side}`;
    },
  };
}
