import type { Picture, Target } from "qkv/views";
import type { Reading } from "../reading.js";
import type { State } from "../state.js";

/** What a scene shows, and what its pictures are made from. */
export interface SceneContext {
  /** Between words, in the layer and head that the state says. */
  readonly reading: Reading;
  readonly state: State;
  /** In CSS pixels, for letters of 16. */
  readonly width: number;
  /** The sliders of the scene, and what was dragged in it, by name. */
  readonly settings: Settings;
}

export type Settings = Readonly<Record<string, number>>;

export interface Slider {
  readonly name: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly start: number;
  /** What a reader sees of its value. Default: the number. */
  readonly format?: (value: number) => string;
}

export interface Source {
  readonly text: string;
  readonly url: string;
}

/** A scene of the story: a few sentences beside one picture. */
export interface Scene {
  readonly title: string;
  /** Paragraphs, computed from what is shown. `*query*`, `*key*` and `*value*` get their colours, `**…**` is strong. */
  text(context: SceneContext): readonly string[];
  /** What the scene wants to show: a head, a word. A reader may change it. */
  readonly state?: Partial<State>;
  /** How many pictures follow each other by themselves; the last one stays. Default 1. */
  beats?(context: SceneContext): number;
  /** The picture at a beat, from 0. Marks with equal ids move from picture to picture, and from scene to scene. */
  picture(context: SceneContext, beat: number): Picture;
  readonly sliders?: readonly Slider[];
  /** What a drag changes. */
  drag?(context: SceneContext, target: Target, by: readonly [number, number]): Settings;
  readonly sources?: readonly Source[];
}
