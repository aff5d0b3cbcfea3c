import type { Encoded } from "../../apps/explainer/model/messages.js";
import { readingOf } from "../../apps/explainer/reading.js";
import type { SceneContext, Settings } from "../../apps/explainer/scenes/types.js";
import { initial, type State } from "../../apps/explainer/state.js";
import { encoded } from "./expected.js";

const read = new Map<string, Encoded>();

/** What a scene is given for a state. */
export function contextOf(
  change: Partial<State>,
  width = 640,
  settings: Settings = {},
): SceneContext {
  const state = { ...initial, ...change };
  if (!read.has(state.text)) read.set(state.text, encoded(state.text));
  return { reading: readingOf(read.get(state.text)!, state), state, width, settings };
}
