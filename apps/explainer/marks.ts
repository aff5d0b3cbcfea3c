// What pictures and sentences are made of, by the names that qkv/views gives it.
import { marks } from "qkv/views";

export const { circle, group, line, path, rect, text } = marks;
export const { directionOf, fit, inside, percent, quoted, short, textWidth } = marks;
export type Box = marks.Box;
export type { Mark, Paint, Picture, Table, Target } from "qkv/views";
