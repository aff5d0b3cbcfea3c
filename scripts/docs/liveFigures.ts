import { toSvg } from "qkv/views";
import { lessonFigures, type Figure } from "../figures/lessons.js";

/**
 * The figures of the lesson as the site shows them, by their names: in its colours, and where scripts run as elements
 * that answer a reader.
 */
export async function liveFigures(): Promise<Record<string, string>> {
  const figures = await lessonFigures();
  return Object.fromEntries(figures.map((figure) => [figure.name, figureHtml(figure)]));
}

function figureHtml({ picture, live }: Figure): string {
  const svg = toSvg(picture, { theme: "page" });
  if (!live) return svg;
  const { view, query, subtitle, data } = live;
  const attributes = `view="${view}" query="${query}" subtitle="${subtitle}" controls`;
  // Until the element is known, and without scripts, what is inside is shown.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<qkv-attention ${attributes}><script type="application/json">${json}</script>${svg}</qkv-attention>`;
}
