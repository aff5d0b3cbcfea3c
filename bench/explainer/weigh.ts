import { posix } from "node:path";
import type { Weight } from "./report.js";

/** A file of a built page. */
export interface BuiltFile {
  readonly path: string;
  readonly raw: number;
  readonly gzip: number;
  /** Of scripts. */
  readonly code?: string | undefined;
}

const parts = [
  "html",
  "css",
  "js at once",
  "js later",
  "worker",
  "service worker",
  "example",
  "model",
  "cards and icons",
  "licenses",
  "other",
] as const;

/** What each part of a page weighs, in the order in which a visit asks for them. `html` is that of the page. */
export function weigh(files: readonly BuiltFile[], html: string): Weight[] {
  const first = neededAtOnce(files, html);
  return parts.flatMap((part) => {
    const own = files.filter((file) => partOf(file.path, first) === part);
    const sum = (of: "raw" | "gzip") => own.reduce((bytes, file) => bytes + file[of], 0);
    return own.length === 0
      ? []
      : [{ part, files: own.length, raw: sum("raw"), gzip: sum("gzip") }];
  });
}

function partOf(path: string, first: ReadonlySet<string>): (typeof parts)[number] {
  if (path === "index.html") return "html";
  if (path.startsWith("licenses/")) return "licenses";
  if (path.startsWith("examples/")) return "example";
  if (/^(cards|s)\/|\.(png|svg|webmanifest)$/.test(path)) return "cards and icons";
  if (path.endsWith(".css")) return "css";
  if (path.endsWith(".bin")) return "model";
  if (!path.endsWith(".js")) return "other";
  const name = posix.basename(path);
  if (/^(offline|sw|service-?worker)\b/i.test(name)) return "service worker";
  if (/worker/i.test(name)) return "worker";
  return first.has(path) ? "js at once" : "js later";
}

/** The scripts that the page names, and all that these import before they run. */
function neededAtOnce(files: readonly BuiltFile[], html: string): Set<string> {
  const scripts = new Map(files.map(({ path, code }) => [path, code]));
  const needed = new Set<string>();
  const visit = (path: string): void => {
    const code = scripts.get(path);
    if (code === undefined || needed.has(path)) return;
    needed.add(path);
    // `import("…")` comes later; minified code has no space before the quotes of the others.
    for (const [, specifier] of code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)) {
      visit(posix.join(posix.dirname(path), specifier));
    }
  };
  for (const [, source] of html.matchAll(/<script\b[^>]*\ssrc="([^"]+)"/g)) {
    visit(posix.normalize(source));
  }
  return needed;
}
