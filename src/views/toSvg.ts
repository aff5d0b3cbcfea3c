import { escaped } from "./escaped.js";
import { fit } from "./textWidth.js";
import { group, rect, text } from "./marks.js";
import { colourOf, dark, light, themable, type Theme } from "./theme.js";
import type { Mark, Paint, Picture } from "./types.js";
import { wrapText } from "./wrapText.js";

/** How a picture is written. */
export interface SvgOptions {
  /**
   * The colours. `"light"` (default) and `"dark"` are written as `#rrggbb`, which every reader of SVG knows. `"page"`
   * leaves them to the page that holds the picture: its properties `--qkv-…` and its `color-scheme`.
   */
  readonly theme?: "light" | "dark" | "page" | Theme | undefined;
  /** Adds title, sentence and settings above the picture, a margin and a ground: a picture that stands alone. Default true. */
  readonly titled?: boolean | undefined;
}

const themes = { light, dark };
const margin = 20;
export const fontFamily = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif";

/** A picture as an SVG document, the same in Node and in a browser. */
export function toSvg(picture: Picture, options: SvgOptions = {}): string {
  const { theme = "light", titled = true } = options;
  const paint =
    theme === "page"
      ? themable
      : (it: Paint) => colourOf(it, typeof theme === "string" ? themes[theme] : theme);
  const { marks, width, height } = titled ? withTitle(picture) : picture;
  const body = marks.map((mark) => element(mark, paint)).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="${fontFamily}" role="img"><title>${escaped(picture.title)}</title>` +
    `<desc>${escaped(picture.caption)}</desc>${body}</svg>`
  );
}

/** The picture under its title, on a ground. */
function withTitle(picture: Picture): Pick<Picture, "marks" | "width" | "height"> {
  const width = picture.width + 2 * margin;
  const style = { size: 20, weight: 600 };
  const title = fit(picture.title, picture.width, style.size, style.weight);
  const settings = [picture.subtitle, ...picture.badges].filter(Boolean).join(" · ");
  // All of it: a copy does not hide what was changed.
  const said = wrapText("setting", margin + 24, picture.width, settings, {
    size: 14,
    fill: "soft",
  });
  const y = settings === "" ? margin + 28 : said.bottom + 4;
  const height = y + 8 + picture.height + margin;
  return {
    width,
    height,
    marks: [
      rect("ground", { x: 0, y: 0, width, height }, "ground"),
      text("title", margin, margin + 10, title, style),
      ...(settings === "" ? [] : [group("settings", margin, 0, said.marks)]),
      group("picture", margin, y + 8, picture.marks),
    ],
  };
}

function element(mark: Mark, paint: (paint: Paint) => string): string {
  const attributes = Object.entries(mark.attributes).map(([name, value]) => {
    const painted = name === "fill" || name === "stroke" ? paint(value as Paint) : String(value);
    return ` ${name}="${escaped(painted)}"`;
  });
  const label = mark.label === undefined ? "" : `<title>${escaped(mark.label)}</title>`;
  const inner = (mark.marks ?? []).map((child) => element(child, paint)).join("");
  return `<${mark.kind}${attributes.join("")}>${label}${escaped(mark.text ?? "")}${inner}</${mark.kind}>`;
}
