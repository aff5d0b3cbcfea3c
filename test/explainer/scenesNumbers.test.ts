import { expect, it, describe } from "vitest";
import { askedOf, rawOf, wordRow } from "../../apps/explainer/scenes/parts/attention.js";
import { frequency, signalOf } from "../../apps/explainer/scenes/parts/signal.js";
import { storyOf, strongestOf, tellingWord } from "../../apps/explainer/scenes/parts/story.js";
import { sceneIds, scenes, storyThreshold } from "../../apps/explainer/scenes/index.js";
import { pageModel } from "../../apps/explainer/build/pageModel.js";
import { allMarks, markOf } from "../views/insideOf.js";
import { contextOf } from "./sceneContext.js";
import { expected } from "./expected.js";

const words = "we went to the bank of the wide river";

describe.each([false, true])("causal %s", (causal) => {
  it("rows of words are those of the library", () => {
    const text = "internationalization of the flooded river";
    for (const layer of [0, 1]) {
      for (const head of [0, 2, "mean"] as const) {
        const context = contextOf({ text, layer, head, causal, temperature: 1.5 });
        context.reading.groups.forEach((_, word) => {
          const { weights } = context.reading.words.row(word);
          expect(wordRow(context, layer, head, word)).toEqual(Array.from(weights));
        });
      }
    }
  });
});

it("the story of the default sentence is told by head 3, that of flooded", () => {
  const reading = expected();
  expect(storyOf(reading, 1)).toMatchObject({ head: 2, key: 2 });
  expect(askedOf(contextOf({})).head).toBe(2);
  expect(askedOf(contextOf({ head: 3 })).head).toBe(3);
});

it("a word has a story only above the threshold and above itself, and none alone", () => {
  const reading = expected({ text: words });
  reading.groups.forEach((_, word) => {
    const even = storyThreshold / reading.groups.length;
    const heads = strongestOf(reading, word, 1);
    const told = heads.filter(({ weight, own }) => weight > even && weight > own);
    expect(storyOf(reading, word)?.weight).toBe(
      told.length === 0 ? undefined : Math.max(...told.map(({ weight }) => weight)),
    );
  });
  expect(storyOf(expected({ text: "bank", word: 0 }), 0)).toBeUndefined();
});

it("a sentence begins with a word of several meanings, or else with a long one that has a story", () => {
  expect(tellingWord(expected({ text: "the old bank flooded" }))).toBe(2);
  const text = "my phone died in the rain";
  const reading = expected({ text });
  const word = tellingWord(reading)!;
  expect(reading.groups[word].text.length).toBeGreaterThan(3);
  expect(storyOf(reading, word)).toBeDefined();
});

it("whatever a head gives most to has a bar, of a long sentence too", () => {
  const text =
    "the old man and the young woman saw a large bird near the river bank while he was walking slowly home with his small dog and a bag";
  // In some of these a head gives most to a word that stands far off and has no high score in the story's head.
  for (const word of [4, 12, 15, 22]) {
    const context = contextOf({ text, word });
    const ids = new Set(allMarks(scenes.heads.picture(context, 1)).map(({ id }) => id));
    for (const layer of [0, 1]) {
      for (const head of [0, 1, 2, 3, "mean"] as const) {
        const row = wordRow(context, layer, head, word);
        expect(ids).toContain(`panel-${layer}-${head}-${row.indexOf(Math.max(...row))}`);
      }
    }
  }
});

it("the key with the highest score has a row, however many pieces its word has", () => {
  const text = "Donaudampfschifffahrtsgesellschaft fährt";
  for (const word of [0, 1]) {
    const context = contextOf({ text, word });
    const raw = rawOf(context, askedOf(context));
    const best = raw.indexOf(Math.max(...raw));
    const last = scenes.dot.beats!(context) - 1;
    expect(markOf(scenes.dot.picture(context, last), `row-${best}`).choice).toBe("chosen");
  }
});

it("the frequencies are the model's", () => {
  const { frequencies } = pageModel().embedding;
  frequencies.data.forEach((it, wave) => expect(frequency(wave)).toBeCloseTo(it, 6));
  expect(signalOf(0, 8)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
});

it("words keep their marks from scene to scene", () => {
  const ids = ["word-0", "chip-0", "name-0", "word-1", "word-2"];
  for (const scene of sceneIds.filter((id) => id !== "uses")) {
    const there = allMarks(scenes[scene].picture(contextOf({}), 0)).map(({ id }) => id);
    expect(there, scene).toEqual(expect.arrayContaining(ids));
  }
});

it("vectors keep theirs: the vector, the query, the keys, the values", () => {
  const idsOf = (id: "vector" | "qkv" | "dot" | "blend", beat: number): string[] =>
    allMarks(scenes[id].picture(contextOf({}), beat)).map((mark) => mark.id);
  expect(idsOf("qkv", 2)).toEqual(expect.arrayContaining(["vector-1", "query-1", "key-2"]));
  expect(idsOf("vector", 1)).toContain("vector-1");
  expect(idsOf("dot", 0)).toEqual(expect.arrayContaining(["query-1", "key-0", "key-2"]));
  expect(idsOf("blend", 0)).toContain("value-2");
});

it("the query goes from key to key, and each gets its score", () => {
  const tops = [0, 1, 2, 3].map((beat) => {
    const picture = scenes.dot.picture(contextOf({}), beat);
    expect(allMarks(picture).filter(({ id }) => /^score-\d-number$/.test(id))).toHaveLength(
      beat + 1,
    );
    return Number(
      /,([\d.]+)\)/.exec(String(markOf(picture, "query-1").attributes["transform"]))![1],
    );
  });
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
});

it("the whole is as long as the picture when all values are poured", () => {
  const picture = scenes.blend.picture(contextOf({}), 4);
  const poured = allMarks(picture).filter(({ id }) => /^pour-\d/.test(id));
  const last = poured[poured.length - 1].attributes;
  expect(Number(last["x"]) + Number(last["width"])).toBeCloseTo(640, -1);
});

describe("a weight that is dragged", () => {
  const context = contextOf({});
  const sum = (settings: Readonly<Record<string, number>>): number =>
    [0, 1, 2, 3].reduce((total, j) => total + settings[`weight-${j}`], 0);

  it("takes from the others, and the picture says that it is no longer the model's", () => {
    const settings = scenes.blend.drag!(context, { query: 1, key: 0 }, [60, 0]);
    expect(sum(settings)).toBeCloseTo(1, 12);
    const picture = scenes.blend.picture({ ...context, settings }, 4);
    expect(picture.badges.join()).toContain("no longer the model's");
    expect(scenes.blend.picture(context, 4).badges).toEqual([]);
  });

  it("stays between nothing and all", () => {
    const all = scenes.blend.drag!(context, { query: 1, key: 0 }, [9999, 0]);
    expect(all["weight-0"]).toBe(1);
    const back = scenes.blend.drag!(
      { ...context, settings: all },
      { query: 1, key: 0 },
      [-9999, 0],
    );
    expect(back["weight-0"]).toBe(0);
    expect(sum(back)).toBeCloseTo(1, 12);
  });

  it("belongs to its sentence, word and head", () => {
    const settings = scenes.blend.drag!(context, { query: 1, key: 0 }, [60, 0]);
    for (const other of [{ word: 2 }, { head: 0 }, { text: "money bank closed" }]) {
      const picture = scenes.blend.picture(contextOf(other, 640, settings), 9);
      expect(picture.badges.join()).not.toContain("by hand");
    }
  });
});

it("unknown words are named as unknown, wherever numbers of them are shown", () => {
  for (const id of sceneIds.filter((it) => it !== "uses")) {
    const { caption, badges } = scenes[id].picture(contextOf({ text: "🦇 hit ⚾" }), 0);
    expect(caption, id).toContain("does not know “🦇” and “⚾”");
    expect(badges, id).toContain("unknown pieces");
  }
});

it("without look-ahead a word after the chosen one has nothing", () => {
  const picture = scenes.causal.picture(contextOf({}), 1);
  expect(picture.badges).toContain("causal");
  expect(markOf(picture, "pair-1-2").label).toContain("blocked");
  expect(markOf(picture, "pair-0-0").label).toContain("100\u00a0%");
});

it("shuffled words keep their weights", () => {
  const numbers = (beat: number): (string | undefined)[] =>
    [0, 1, 2, 3].map((j) => markOf(scenes.position.picture(contextOf({}), beat), `weight-${j}-number`).text); // prettier-ignore
  expect(numbers(1)).toEqual(numbers(0));
});

it("at the model's length the divided weights are the model's; beyond it the picture says random", () => {
  const own = scenes.scale.picture(contextOf({ head: 2 }), 0);
  const row = contextOf({ head: 2 }).reading.stages.row(1).weights;
  own
    .table()
    .rows.forEach((cells, j) => expect(cells[4]).toContain(String(Math.round(row[j] * 100))));
  const beyond = scenes.scale.picture(contextOf({}, 640, { length: 9 }), 0);
  expect(beyond.badges.join()).toContain("not the model's");
  expect(scenes.scale.picture(contextOf({}, 640, { length: 3 }), 0).badges.join()).toContain(
    "first 8",
  );
});

it("the query ends at the key with the highest score, and the text says the same", () => {
  const context = contextOf({ text: words, word: 4, key: undefined });
  const { caption, table } = scenes.dot.picture(context, 99);
  const best = Math.max(...table().rows.map(([, score]) => Number(score.replace("−", "-"))));
  expect(caption).toContain(`The highest score is ${best.toFixed(2)}`);
  expect(scenes.dot.text(context).join(" ")).toContain(best.toFixed(2));
});

it("layers and heads have no names before the scene that explains them", () => {
  for (const id of sceneIds.slice(0, sceneIds.indexOf("heads"))) {
    const { title, subtitle, caption, badges } = scenes[id].picture(contextOf({}), 99);
    const said = [title, subtitle, caption, ...badges, ...scenes[id].text(contextOf({}))].join(" ");
    expect(said, id).not.toMatch(/layer|\bheads?\b/);
  }
});

it("the first scene draws a line to each other word, and the largest is numbered", () => {
  const marks = allMarks(scenes.sentence.picture(contextOf({}), 2));
  expect(marks.filter(({ id }) => /^look-\d+$/.test(id))).toHaveLength(2);
  expect(markOf({ marks }, "look-most").text).toContain("90");
});

it("in wide places pictures are larger, and as wide as asked", () => {
  const [plain, wall] = [800, 1000].map((width) => scenes.uses.picture(contextOf({}, width), 0));
  const size = (picture: typeof plain): number => Number(markOf(picture, "use-text-name").attributes["font-size"]); // prettier-ignore
  expect(size(wall)).toBe(1.25 * size(plain));
  expect(wall.width).toBe(1000);
  expect(markOf(wall, "pictogram-agents-loop").attributes["d"]).toBe("M11.25,35 A17.5,17.5 0 1 1 43.75,35"); // prettier-ignore
});
