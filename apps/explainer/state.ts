import { sceneIds, type SceneId } from "./scenes/ids.js";

export const viewNames = [
  "bars",
  "matrix",
  "blend",
  "heads",
  "lines",
  "steps",
  "map",
  "compare",
] as const;
export type ViewName = (typeof viewNames)[number];

/** All that a picture depends on, besides the model. It fits into an address. */
export interface State {
  /** Where in the story; without it, free play. */
  readonly scene?: SceneId | undefined;
  readonly text: string;
  /** The sentence that it is compared with. */
  readonly against: string;
  /** The word that looks, from 0. */
  readonly word: number;
  /** The word that a reader wants to know more of; undefined: the one that it looks at most, beside itself. */
  readonly key?: number | undefined;
  /** The words that are taken out; positions, ascending. */
  readonly without: readonly number[];
  /** From 0. */
  readonly layer: number;
  /** A head from 0, or the mean over all. */
  readonly head: number | "mean";
  readonly view: ViewName;
  readonly pieces: boolean;
  readonly temperature: number;
  readonly causal: boolean;
}

/** A word that nobody has chosen yet. */
export const unchosen = -1;

/** In layer 2 the mean over the heads shows the story of both examples. */
export const initial: State = {
  scene: "sentence",
  text: "river bank flooded",
  against: "",
  word: 1,
  without: [],
  layer: 1,
  head: "mean",
  view: "bars",
  pieces: false,
  temperature: 1,
  causal: false,
};

/** What a reader chose, for a copy. A scene is no view, and a view may show one head where the mean is asked for. */
export function askedOf({ scene, view, ...rest }: State): object {
  return scene === undefined ? { view, ...rest } : { scene, ...rest };
}

/** The state as the part of an address after the #. What is as at first is left out, except the text. */
export function toHash(state: State): string {
  const fields = new URLSearchParams(state.scene === undefined ? {} : { scene: state.scene });
  fields.set("text", state.text);
  const put = (name: string, value: string, plain: string): void => {
    if (value !== plain) fields.set(name, value);
  };
  put("against", state.against, "");
  if (state.word !== unchosen) put("word", String(state.word + 1), String(initial.word + 1));
  put("key", state.key === undefined ? "" : String(state.key + 1), "");
  put("without", state.without.map((position) => position + 1).join(" "), "");
  put("layer", String(state.layer + 1), String(initial.layer + 1));
  put("head", state.head === "mean" ? "mean" : String(state.head + 1), "mean");
  put("view", state.view, initial.view);
  put("pieces", String(state.pieces), "false");
  put("temperature", String(state.temperature), "1");
  put("causal", String(state.causal), "false");
  return `#${fields}`;
}

/** Reads an address. What it does not say, or says wrongly, is as at first; one that says nothing begins the story. */
export function fromHash(hash: string): State {
  if (hash.length < 2) return initial;
  const fields = new URLSearchParams(hash.slice(1));
  const position = (name: string, plain: number, most = Infinity): number => {
    const value = Number(fields.get(name) ?? NaN);
    return Number.isInteger(value) && value >= 1 && value <= most ? value - 1 : plain;
  };
  const named = <Name extends string>(name: string, names: readonly Name[]): Name | undefined =>
    names.find((known) => known === fields.get(name));
  const without = (fields.get("without") ?? "").split(" ").map((text) => Number(text) - 1);
  const temperature = Math.round(Number(fields.get("temperature") ?? 1) * 10) / 10;
  const [key, head] = [position("key", -1), position("head", -1, 4)];
  return {
    scene: named("scene", sceneIds),
    text: fields.get("text") ?? initial.text,
    against: fields.get("against") ?? initial.against,
    word: position("word", initial.word),
    key: key < 0 ? undefined : key,
    without: [...new Set(without)]
      .filter((at) => Number.isInteger(at) && at >= 0)
      .sort((a, b) => a - b),
    layer: position("layer", initial.layer, 2),
    head: head < 0 ? "mean" : head,
    view: named("view", viewNames) ?? initial.view,
    pieces: fields.get("pieces") === "true",
    temperature: temperature >= 0.1 && temperature <= 4 ? temperature : 1,
    causal: fields.get("causal") === "true",
  };
}
