/** Where the bench finds what it waits for and what it uses. What a page does not have is reported as not there. */
export const selectors = {
  /** The first picture: there when something is drawn in it. */
  picture: "#picture svg",
  /** Shown while the model arrives. */
  loading: "#loading",
  /** Asks for the model where a page does not ask by itself. */
  sentence: "#text",
  /** Shows the controls that a reader plays with. */
  play: "#mode-play",
  next: "#scene-next",
  word: "#words button:not([aria-pressed=true])",
  temperature: "[name=temperature]",
  matrix: "[data-view=matrix]",
} as const;

export interface Motion {
  readonly name: string;
  readonly selector: string;
  readonly by: "click" | "drag";
}

/** What is done while frames are counted. */
export const motions: readonly Motion[] = [
  { name: "next scene", selector: selectors.next, by: "click" },
  { name: "a word chosen", selector: selectors.word, by: "click" },
  { name: "temperature dragged", selector: selectors.temperature, by: "drag" },
  { name: "all pairs shown", selector: selectors.matrix, by: "click" },
];
