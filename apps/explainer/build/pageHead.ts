import { readFileSync } from "node:fs";
import { join } from "node:path";

const html = readFileSync(join(import.meta.dirname, "../index.html"), "utf8");

function found(pattern: RegExp, what: string): string {
  const match = pattern.exec(html)?.[1];
  if (match === undefined) throw new Error(`apps/explainer/index.html has no ${what}`);
  return match;
}

/** The title and the Content-Security-Policy of the explainer page, as its HTML has them. */
export const pageName = found(/<title>([^<]+)<\/title>/, "title");
export const policy = found(
  /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/,
  "Content-Security-Policy",
);
