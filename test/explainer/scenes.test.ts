import { describe, expect, it } from "vitest";
import { sceneIds, scenes } from "../../apps/explainer/scenes/index.js";
import { faultsOf } from "../views/insideOf.js";
import { contextOf } from "./sceneContext.js";

const boats = "the old boat slowly left the little harbour";
const sentences = {
  "three words": "river bank flooded",
  "one word": "bank",
  "nine words": "we went to the bank of the wide river",
  "forty words": [boats, boats, boats, boats, boats].join(" "),
  "words of many pieces": "counterrevolutionaries misunderstood incomprehensibilities",
  "right to left": "ضفة النهر غمرتها المياه",
  "no spaces, and emoji": "河の土手が氾濫した 🦇 hit ⚾",
  "repeated words": "the bat hit the ball the bat hit the ball",
};
const settings = [{}, { length: 9, temperature: 0.1, shuffle: 4 }];

describe.each(sceneIds)("%s", (id) => {
  const scene = scenes[id];
  it.each(Object.entries(sentences))(
    "%s: nothing cut, on each other or without a number",
    (_, text) => {
      for (const width of [320, 640, 1100]) {
        for (const word of [0, 1, 37]) {
          for (const set of settings) {
            const context = contextOf({ text, ...scene.state, word }, width, set);
            const beats = scene.beats?.(context) ?? 1;
            for (let beat = 0; beat < beats; beat++) {
              const at = `${width} wide, word ${word}, beat ${beat}`;
              const picture = scene.picture(context, beat);
              expect(faultsOf(picture), at).toEqual([]);
              expect(picture.table().rows.length, at).toBeGreaterThan(0);
            }
            expect(scene.text(context).join(" ")).not.toMatch(/NaN|undefined|Infinity/);
          }
        }
      }
    },
  );

  it("has none in any state", () => {
    const text = sentences["nine words"];
    const states = [
      { layer: 0 },
      { head: 3, key: 8 },
      { pieces: true, key: 8 },
      { causal: true, word: 0 },
      { causal: true, temperature: 0.3 },
    ];
    for (const state of states) {
      const context = contextOf({ text, word: 4, ...state });
      const picture = scene.picture(context, (scene.beats?.(context) ?? 1) - 1);
      expect(faultsOf(picture), JSON.stringify(state)).toEqual([]);
    }
  });

  it("says 2 to 4 short things of any sentence", () => {
    for (const text of Object.values(sentences)) {
      const paragraphs = scene.text(contextOf({ text, word: 0 }));
      expect(paragraphs.length).toBeGreaterThanOrEqual(2);
      expect(paragraphs.length).toBeLessThanOrEqual(4);
    }
  });
});
