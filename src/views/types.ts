/** A colour by what it stands for. The theme of the page, or of `toSvg`, says which colour it is. */
export type Paint = PaintName | `word-${number}` | "none";

/** The colours that a theme names. Words have one each beside them, made from their position. */
export type PaintName =
  /** Text, and lines that matter. */
  | "ink"
  /** Text beside it. */
  | "soft"
  /** Axes and edges. */
  | "line"
  /** Behind the picture. */
  | "ground"
  | "query"
  | "key"
  | "value"
  /** Weights that belong to no one word. */
  | "weight"
  /** Numbers above 0. */
  | "positive"
  /** Numbers below 0. */
  | "negative";

/** What a mark of a picture stands for, as positions from 0. */
export interface Target {
  /** The layer. */
  readonly layer?: number;
  /** The head. */
  readonly head?: number;
  /** The query. */
  readonly query?: number;
  /** The key. */
  readonly key?: number;
  /** The number in a vector. */
  readonly dimension?: number;
}

/** An element of a picture. Marks with the same `id` in two pictures are one thing that moves. */
export interface Mark {
  /** Unique in its picture. */
  readonly id: string;
  /** The SVG element that it is. */
  readonly kind: "g" | "rect" | "line" | "path" | "circle" | "text";
  /** SVG attributes; `fill` and `stroke` are paints. */
  readonly attributes: Readonly<Record<string, number | string>>;
  /** Of a text. */
  readonly text?: string;
  /** Of a group. */
  readonly marks?: readonly Mark[];
  /** What it stands for: it is what a reader chooses, points at or drags. */
  readonly target?: Target;
  /** What it is, in words: for a pointer that rests on it, and for a screen reader. */
  readonly label?: string;
  /** Whether a reader can choose it, and whether it is chosen. */
  readonly choice?: "open" | "chosen";
  /** Whether a reader can drag it. */
  readonly draggable?: boolean;
}

/** Numbers in rows. The first cell is the header of its row. */
export interface Table {
  /** The headers. */
  readonly columns: readonly string[];
  /** A text for each column. */
  readonly rows: readonly (readonly string[])[];
}

/** A picture as plain data: what to draw, and the same in words and in numbers. */
export interface Picture {
  /** In CSS pixels, for letters of 16. */
  readonly width: number;
  /** In the same. */
  readonly height: number;
  /** What is seen: `What “bank” attends to`. */
  readonly title: string;
  /** Of what: the sentence, the layer and head. */
  readonly subtitle: string;
  /** What was changed of what the model does: `temperature 2`, `causal`, `mean of 4 heads`. */
  readonly badges: readonly string[];
  /** What the numbers say, in sentences. */
  readonly caption: string;
  /** What is drawn, one over the other. */
  readonly marks: readonly Mark[];
  /** The numbers behind it, made when someone looks. */
  readonly table: () => Table;
}

/** What pictures of one view have in common. */
export interface PictureOptions {
  /** In CSS pixels. Default 640. */
  readonly width?: number | undefined;
  /** Of what: the sentence, the layer and head. Default: the name of the view. */
  readonly subtitle?: string | undefined;
  /** What was changed of what the model does. */
  readonly badges?: readonly string[] | undefined;
}
