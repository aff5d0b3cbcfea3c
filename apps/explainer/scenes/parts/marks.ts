// What pictures are built from, in one place: scenes use the marks, widths and numbers of qkv/views.
export { inside, percent, short } from "../../../../src/views/format.js";
export { circle, group, line, path, rect, text, type Box } from "../../../../src/views/marks.js";
export { fit, textWidth } from "../../../../src/views/textWidth.js";
export type { Mark, Paint, Picture, Table, Target } from "qkv/views";
