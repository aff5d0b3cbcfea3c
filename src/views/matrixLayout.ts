import { textWidth } from "./textWidth.js";

/** Where the parts of a matrix lie. */
export interface MatrixLayout {
  /** Where the cells begin. */
  readonly left: number;
  readonly top: number;
  /** Cells are square. */
  readonly cell: number;
  readonly width: number;
  /** Where the cells end. */
  readonly right: number;
  readonly bottom: number;
  /** Whether the names of keys are slanted. */
  readonly slanted: boolean;
  /** How much room the name of a key has. */
  readonly room: (key: number) => number;
  /** How long a line of the whole spread is; 0 if there is room for its number only. */
  readonly line: number;
}

const [smallest, largest] = [20, 64];
/** The longest name of a key, and half the root of 2: how far a slanted line goes to the right, over its length. */
const [longestKey, slope] = [130, 0.7071];
export const [nameSize, keySize] = [14, 13];
const numberWidth = 48;

/** Lays a matrix out in a width. It gets wider where there are too many keys. */
export function layOut(
  queries: readonly string[],
  keys: readonly string[],
  width: number,
): MatrixLayout {
  const longest = (them: readonly string[], size: number): number =>
    Math.max(0, ...them.map((text) => textWidth(text, size, 600)));
  const left = Math.ceil(Math.min(width * 0.3, 180, longest(queries, nameSize) + 16));
  const line = width >= 480 ? 60 : 0;
  const beside = 14 + line + (line && 10) + numberWidth;
  const space = (width - left - beside) / Math.max(1, keys.length);
  const cell = Math.floor(Math.max(smallest, Math.min(largest, space)));
  const right = left + cell * keys.length;
  const key = longest(keys, keySize);
  const slanted = key > cell - 4;
  const whole = right + beside;
  const roomOf = (j: number): number =>
    Math.min(longestKey, (whole - left - (j + 0.5) * cell - 12) / slope);
  const top = slanted ? Math.ceil(Math.min(longestKey, key) * slope) + 24 : 30;
  return {
    left,
    top,
    cell,
    width: whole,
    right,
    bottom: top + cell * queries.length,
    slanted,
    room: (j) => (slanted ? roomOf(j) : cell - 4),
    line,
  };
}
