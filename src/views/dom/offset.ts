/// <reference lib="dom" />

/** How far an element is moved by its groups, up to one of them, as it is seen now. */
export function offsetOf(node: Node | null, top: Node | null = null): readonly [number, number] {
  let [x, y] = [0, 0];
  for (let at = node; at && at !== top && at.nodeName !== "svg"; at = at.parentNode) {
    const moved = (at as Element).getAttribute("transform");
    const [, dx = 0, dy = 0] = /translate\(([^,]+),([^)]+)\)/.exec(moved ?? "") ?? [];
    x += Number(dx);
    y += Number(dy);
  }
  return [x, y];
}
