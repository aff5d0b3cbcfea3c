import type { Paint } from "./paint.js";
import { textWidth, truncate } from "./textWidth.js";

/** "── title ─────────", as wide as the screen. */
export function section(title: string, width: number, paint: Paint): string {
  const text = truncate(title, width - 6);
  const rule = "─".repeat(width - 4 - textWidth(text));
  return `${paint.dim("──")} ${text} ${paint.dim(rule)}`;
}
