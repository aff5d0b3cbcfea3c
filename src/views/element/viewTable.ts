import type { Explanation, WeightsExplanation, WeightsView } from "../../explain/index.js";
import { bars } from "../bars.js";
import { blend } from "../blend.js";
import { heads } from "../heads.js";
import { lines } from "../lines.js";
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

/** The name of a view. */
export type ViewName = "bars" | "matrix" | "lines" | "blend" | "heads";

interface ViewEntry {
  /** On its tab. */
  readonly label: string;
  picture(scene: Scene, options: PictureOptions): Picture;
}

/** The views that the element knows, in the order of its tabs. */
export const viewTable: Readonly<Record<ViewName, ViewEntry>> = {
  bars: {
    label: "Bars",
    picture: ({ weights, query, key }, options) => bars(weights, { ...options, query, key }),
  },
  matrix: {
    label: "Matrix",
    picture: ({ weights, query, key }, options) => matrix(weights, { ...options, query, key }),
  },
  lines: {
    label: "Lines",
    picture: ({ weights, query, key }, options) => lines(weights, { ...options, query, key }),
  },
  blend: {
    label: "Blend",
    picture: ({ layers, layer, head, weights, query, key }, options) => {
      const explanation = layers[layer];
      // Weights alone do not say what the output is made of.
      const shares =
        "outputShares" in explanation
          ? (explanation as Explanation).outputShares(
              query,
              head === "mean" ? {} : { heads: [head] },
            )
          : undefined;
      return blend(weights, { ...options, query, key, shares });
    },
  },
  heads: {
    label: "All heads",
    picture: ({ layers, layer, head, query }, options) => {
      const views = layers.map((it) => it.headNames.map((_, h) => it.head(h)));
      const chosen = head === "mean" ? {} : { layer, head };
      const names = layers.map((it, n) =>
        it.headNames.map((name) => (layers.length > 1 ? `layer ${it.layer ?? n} · ${name}` : name)),
      );
      return heads(views, { ...options, ...chosen, query, names });
    },
  },
};

export const viewNames = Object.keys(viewTable) as ViewName[];
