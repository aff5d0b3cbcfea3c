// The DOM's own types where a program has them: `qkv/views` is for Node too, where these names are not known.

/** `Element`. */
export type HostElement =
  typeof globalThis extends Record<"Element", Record<"prototype", infer T>> ? T : object;
/** `SVGSVGElement`. */
export type SvgElement =
  typeof globalThis extends Record<"SVGSVGElement", Record<"prototype", infer T>> ? T : object;
/** `Blob`. */
export type PngBlob =
  typeof globalThis extends Record<"Blob", Record<"prototype", infer T>> ? T : object;
