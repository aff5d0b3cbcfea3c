import type { Picture, Target } from "qkv/views";
import type { Reading } from "../reading.js";
import type { SceneContext, Settings } from "../scenes/types.js";
import type { State } from "../state.js";

/** What a view of free play draws from: a reading, and that of the sentence it is compared with. */
export interface Pair extends SceneContext {
  /** The other sentence in the same layer and head; undefined while it is not read. */
  readonly other: Reading | undefined;
}

/** A picture with what the page does beside drawing it. */
export interface PagePicture extends Picture {
  /** The numbers behind it, for "Copy JSON"; positions count from 0. */
  data?(): unknown;
  /** What a drag changes. */
  drag?(context: SceneContext, target: Target, by: readonly [number, number]): Settings | undefined;
}

/** What all pictures of the page say of where they are from. */
export interface About {
  readonly width: number;
  readonly subtitle: string;
  readonly badges: readonly string[];
}

/** Draws one view. */
export type View = (pair: Pair, about: About) => PagePicture;

export type { Reading, State };
