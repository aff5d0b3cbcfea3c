import type { WeightsExplanation, WeightsView } from "../../explain/index.js";
import { bars } from "../bars.js";
import { matrix } from "../matrix.js";
import type { Picture, PictureOptions } from "../types.js";

/** What the element was asked for, with the numbers that it is about. */
export interface Scene {
  readonly layers: readonly WeightsExplanation[];
  readonly layer: number;
  readonly head: number | "mean";
  readonly query: number;
  readonly key: number | undefined;
  /** The head, or the mean of all, of the layer. */
  readonly weights: WeightsView;
}

interface ViewEntry {
  /** On its tab. */
  readonly label: string;
  picture(scene: Scene, options: PictureOptions): Picture;
}

/** The views that the element knows, in the order of its tabs. */
export const viewTable = {
  bars: {
    label: "Bars",
    picture: ({ weights, query, key }, options) => bars(weights, { ...options, query, key }),
  },
  matrix: {
    label: "Matrix",
    picture: ({ weights, query, key }, options) => matrix(weights, { ...options, query, key }),
  },
} as const satisfies Record<string, ViewEntry>;

/** The name of a view. */
export type ViewName = keyof typeof viewTable;
export const viewNames = Object.keys(viewTable) as ViewName[];
