export const viewNames = ["bars", "matrix", "blend", "steps"] as const;
export type ViewName = (typeof viewNames)[number];

/** All that a picture depends on, besides the model. It fits into an address. */
export interface State {
  readonly text: string;
  /** The word that looks, and the word it is compared with step by step; positions. */
  readonly word: number;
  readonly key: number;
  /** From 0. */
  readonly layer: number;
  /** A head from 0, or the mean over all. */
  readonly head: number | "mean";
  readonly view: ViewName;
  readonly pieces: boolean;
  readonly temperature: number;
  readonly causal: boolean;
}

/** In layer 2 the mean over the heads shows the story of both examples. */
export const initial: State = {
  text: "river bank flooded",
  word: 1,
  key: 0,
  layer: 1,
  head: "mean",
  view: "bars",
  pieces: false,
  temperature: 1,
  causal: false,
};

/** The state as the part of an address after the #. What is as at first is left out, except the text. */
export function toHash(state: State): string {
  const fields = new URLSearchParams({ text: state.text });
  const put = (name: string, value: string, plain: string): void => {
    if (value !== plain) fields.set(name, value);
  };
  put("word", String(state.word + 1), String(initial.word + 1));
  put("key", String(state.key + 1), String(initial.key + 1));
  put("layer", String(state.layer + 1), String(initial.layer + 1));
  put("head", state.head === "mean" ? "mean" : String(state.head + 1), "mean");
  put("view", state.view, initial.view);
  put("pieces", String(state.pieces), "false");
  put("temperature", String(state.temperature), "1");
  put("causal", String(state.causal), "false");
  return `#${fields}`;
}

/** Reads an address. What it does not say, or says wrongly, is as at first. */
export function fromHash(hash: string): State {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const position = (name: string, plain: number, most = Infinity): number => {
    const value = Number(fields.get(name) ?? NaN);
    return Number.isInteger(value) && value >= 1 && value <= most ? value - 1 : plain;
  };
  const temperature = Math.round(Number(fields.get("temperature") ?? 1) * 10) / 10;
  const view = viewNames.find((name) => name === fields.get("view")) ?? initial.view;
  const head = fields.get("head");
  return {
    text: fields.get("text") ?? initial.text,
    word: position("word", initial.word),
    key: position("key", initial.key),
    layer: position("layer", initial.layer, 2),
    head:
      Number.isInteger(Number(head)) && Number(head) >= 1 && Number(head) <= 4
        ? Number(head) - 1
        : "mean",
    view,
    pieces: fields.get("pieces") === "true",
    temperature: temperature >= 0.1 && temperature <= 4 ? temperature : 1,
    causal: fields.get("causal") === "true",
  };
}
