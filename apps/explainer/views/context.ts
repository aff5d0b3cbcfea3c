import type { Selection } from "d3-selection";
import type { Reading } from "../reading.js";
import type { State } from "../state.js";

/** What a view draws on, and what it can ask for. */
export interface Context {
  readonly svg: Selection<SVGSVGElement, unknown, null, undefined>;
  /** In CSS pixels. */
  readonly width: number;
  readonly reading: Reading;
  readonly state: State;
  /** Makes a word the one that looks. */
  choose(word: number): void;
  /** Shows a sentence about what the pointer or the keyboard is at. */
  tell(text: string): void;
}

/** What a view says beside its picture. */
export interface Picture {
  readonly title: string;
  readonly caption: string;
  /** The numbers behind it, made when someone looks. */
  readonly table: () => Table;
  /** The same for "Copy JSON". */
  readonly data: () => unknown;
}

export interface Table {
  readonly columns: readonly string[];
  /** The first cell is the header of its row. */
  readonly rows: readonly (readonly string[])[];
}
