/**
 * Pictures of what `qkv/explain` says, as plain data: draw them into a page, where they move from one state to the
 * next, or write them as SVG, in Node too.
 *
 * @packageDocumentation
 */
export { bars, type BarsOptions } from "./bars.js";
export { heads, type HeadsOptions } from "./heads.js";
export { lines, type LinesOptions } from "./lines.js";
export { blend, type BlendOptions } from "./blend.js";
export { dimensions, type DimensionsOptions } from "./dimensions.js";
export { matrix, type MatrixOptions } from "./matrix.js";
export { compare, type CompareOptions } from "./compare.js";
export type { Cosines } from "./compareCaption.js";
export { plane, type PlaneOptions, type PlanePicture } from "./plane.js";
export { weightsInPlane, type PlaneHead, type WeightsInPlane } from "./planeWeights.js";
export { draw, type DrawOptions } from "./dom/draw.js";
export type { Handlers } from "./dom/listen.js";
export { toPng, type PngOptions } from "./dom/toPng.js";
export type { HostElement, PngBlob, SvgElement } from "./dom/types.js";
/** What pictures are made of, for pictures of one's own. */
export * as marks from "./marks.js";
export { dark, light, type Theme } from "./theme.js";
export type { NextState } from "./nextBar.js";
export { steps, type StepsOptions } from "./steps.js";
export { toPage, type PageOptions } from "./toPage.js";
export { toSvg, type SvgOptions } from "./toSvg.js";
export type { Mark, Paint, PaintName, Picture, PictureOptions, Table, Target } from "./types.js";
export { withWeight } from "./withWeight.js";
