/// <reference lib="dom" />

const choices = '[role="button"]:not([aria-hidden])';

/** Gives one choice of a picture its turn for the Tab key: the one that had it, or a chosen one, or the first. */
export function rove(svg: SVGSVGElement, asked?: Element): void {
  const all = [...svg.querySelectorAll(choices)];
  const current =
    all.find((it) => it === asked) ??
    all.find((it) => it.getAttribute("tabindex") === "0") ??
    all.find((it) => it.getAttribute("aria-pressed") === "true") ??
    all[0];
  for (const it of all) it.setAttribute("tabindex", it === current ? "0" : "-1");
}

/** The choice beside one, where a key leads to; undefined if there is none, or the key is no such key. */
export function beside(svg: SVGSVGElement, from: Element, key: string): SVGElement | undefined {
  const all = [...svg.querySelectorAll<SVGElement>(choices)];
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  const sideways = key === "ArrowLeft" || key === "ArrowRight";
  if (!sideways && key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  const [x, y] = middleOf(from);
  let best: SVGElement | undefined;
  let least = Infinity;
  for (const it of all) {
    const [itsX, itsY] = middleOf(it);
    const along = sign * (sideways ? itsX - x : itsY - y);
    // What is straight ahead is nearer than what lies beside the way.
    const distance = along + 3 * Math.abs(sideways ? itsY - y : itsX - x);
    if (it !== from && along > 1 && distance < least) [best, least] = [it, distance];
  }
  return best;
}

function middleOf(element: Element): readonly [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
