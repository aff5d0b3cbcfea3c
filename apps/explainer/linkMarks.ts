import type { Target } from "qkv/views";

/** Marks everything in a picture that stands for the same pair: heads side by side answer together. */
export function linkMarks(host: HTMLElement, target: Target | undefined): void {
  for (const element of host.querySelectorAll("[data-linked]"))
    element.removeAttribute("data-linked");
  if (target?.key === undefined) return;
  const query = target.query === undefined ? "" : `[data-query="${target.query}"]`;
  for (const element of host.querySelectorAll(`${query}[data-key="${target.key}"]`)) {
    element.setAttribute("data-linked", "");
  }
}
