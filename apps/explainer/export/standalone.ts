/** What a picture outside the page needs to look the same. */
const inherited = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "dominant-baseline",
] as const;

/** The picture as a document of its own: styles become attributes, the background is a rectangle. */
export function standalone(svg: SVGSVGElement, title: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, n) => {
    const style = getComputedStyle(originals[n]);
    for (const name of inherited) element.setAttribute(name, style.getPropertyValue(name));
    for (const name of [
      "class",
      "tabindex",
      "role",
      "aria-label",
      "aria-pressed",
      "aria-hidden",
      "aria-description",
    ]) {
      element.removeAttribute(name);
    }
  });
  const { width, height } = svg.viewBox.baseVal;
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", String(width));
  ground.setAttribute("height", String(height));
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name, ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  for (const attribute of ["class", "role", "aria-label"]) copy.removeAttribute(attribute);
  return new XMLSerializer().serializeToString(copy);
}
