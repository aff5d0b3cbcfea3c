import type { WeightsExplanation } from "../../explain/index.js";
import type { Picture, Target } from "../types.js";
import type { ViewName } from "./viewTable.js";

/** `HTMLElement`, where a program has it: the package is for Node too, where this name is not known. */
export type PageElement =
  typeof globalThis extends Record<"HTMLElement", Record<"prototype", infer T>> ? T : object;

/** What the element shows: one explanation, or one for each layer. */
export type Explained = WeightsExplanation | readonly WeightsExplanation[];

/**
 * What a reader chose, by the names of the attributes: the target of a mark, or one choice of the controls. The detail
 * of the event `qkv-choose`.
 */
export interface Chosen extends Omit<Target, "head"> {
  /** As the property says it. */
  readonly head?: number | "mean";
  /** The view of the tab that was chosen. */
  readonly view?: ViewName;
}

/**
 * `<qkv-attention>`: what attends to what, drawn. Its attributes have the names of its properties, and follow them.
 * What it is told wrongly it says in place of the picture.
 */
export interface AttentionElement extends PageElement {
  /**
   * What is shown. Without it, the JSON text inside the element is. Setting anything else than explanations throws a
   * TypeError.
   */
  explanation: Explained | undefined;
  /** Which picture. Default `"bars"`. */
  view: ViewName;
  /** The position of the query, from 0. Default 0. */
  query: number;
  /** The position of the key that is pointed out. Default: none. */
  key: number | undefined;
  /** The number of the head, from 0, or `"mean"`, the mean of all. Default `"mean"`. */
  head: number | "mean";
  /** The place of the layer among the explanations, from 0. Default 0. */
  layer: number;
  /** Under the title. Default: the tokens. */
  subtitle: string | undefined;
  /** Whether there are tabs for the views, menus for layer and head, and a row of the tokens. Default false. */
  controls: boolean;
  /** The picture that is shown, for `toSvg`, `toPng` and `toPage`; undefined if there is none. */
  readonly picture: Picture | undefined;
}
