import { describe, expect, it } from "vitest";
import { readingOf } from "../../apps/explainer/reading.js";
import { sceneIds, scenes } from "../../apps/explainer/scenes/index.js";
import type { SceneContext } from "../../apps/explainer/scenes/types.js";
import { initial, type State } from "../../apps/explainer/state.js";
import { allMarks, faultsOf } from "../views/insideOf.js";
import { encoded } from "./expected.js";

const forty = Array.from({ length: 5 }, () => "the old boat slowly left the little harbour").join(" ");
const sentences = {
  "three words": "river bank flooded",
  "one word": "bank",
  "nine words": "we went to the bank of the wide river",
  "forty words": forty,
  "long words": "counterrevolutionaries misunderstood internationalization incomprehensibilities",
  "right to left": "ضفة النهر غمرتها المياه",
  "no spaces and emoji": "河の土手が氾濫した 🦇 hit ⚾",
  "repeated words": "the bat hit the ball the bat hit the ball",
};
const widths = [320, 640, 1100];
const read = new Map(Object.values(sentences).map((text) => [text, encoded(text)]));

function contextOf(change: Partial<State>, width = 640, settings = {}): SceneContext {
  const state = { ...initial, ...change };
  const known = read.get(state.text) ?? encoded(state.text);
  return { reading: readingOf(known, state), state, width, settings };
}

describe.each(sceneIds)("%s", (id) => {
  const scene = scenes[id];
  it.each(Object.entries(sentences))("has no fault of layout for %s", (_, text) => {
    for (const width of widths) {
      for (const word of [0, 1, 37]) {
        const context = contextOf({ text, ...scene.state, word }, width);
        const beats = scene.beats?.(context) ?? 1;
        for (let beat = 0; beat < beats; beat++) {
          const faults = faultsOf(scene.picture(context, beat));
          expect(faults, `${width} wide, word ${word}, beat ${beat}`).toEqual([]);
        }
      }
    }
  });
});
