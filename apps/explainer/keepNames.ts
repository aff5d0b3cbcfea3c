/**
 * Keeps the names of a matrix in view while it scrolls: those of its rows at the edge of its box, those of its columns
 * at the top of the window. Other pictures have no such groups.
 */
export function keepNames(host: HTMLElement): void {
  const place = (): void => placeNames(host);
  host.addEventListener("scroll", place, { passive: true });
  window.addEventListener("scroll", place, { passive: true });
}

/** The same of a picture that was just drawn. */
export function placeNames(host: HTMLElement): void {
  const svg = host.querySelector("svg");
  const [rows, columns] = ["names", "columns"].map((name) =>
    svg?.querySelector<SVGGElement>(`.${name}:not([data-leaves])`),
  );
  if (!svg || !rows || !columns) return;
  const { left, top, width } = svg.getBoundingClientRect();
  const zoom = width / svg.viewBox.baseVal.width;
  const { y, height } = rows.getBBox();
  // Not below the rows that they are the names of.
  const most = Math.max(0, y + height - 2 * columns.getBBox().height);
  const right = Math.max(0, host.getBoundingClientRect().left - left) / zoom;
  const down = Math.min(most, Math.max(0, -top) / zoom);
  // Not the attribute: that is the picture's own.
  rows.style.translate = `${right}px 0`;
  columns.style.translate = `0 ${down}px`;
}
