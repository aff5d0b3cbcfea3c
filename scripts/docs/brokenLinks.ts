import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";

export interface BrokenLink {
  page: string;
  link: string;
  why: string;
}

/** The links between the pages of a built site that lead nowhere, to a missing page or a missing anchor. */
export function brokenLinks(site: string, base: string): BrokenLink[] {
  const files = readdirSync(site, { recursive: true, encoding: "utf8" });
  const pages = files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".html"));
  const anchors = new Map<string, Set<string>>();
  const anchorsOf = (page: string): Set<string> => {
    const known = anchors.get(page) ?? idsOf(readFileSync(join(site, page), "utf8"));
    anchors.set(page, known);
    return known;
  };
  return pages.flatMap((page) => {
    const html = readFileSync(join(site, page), "utf8");
    return [...html.matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].flatMap(
      ([, link]) => {
        const why = fault(page, link!.replaceAll("&amp;", "&"));
        return why === undefined ? [] : [{ page, link: link!, why }];
      },
    );
  });

  function fault(page: string, link: string): string | undefined {
    if (/^[a-z]+:/.test(link)) return undefined;
    const [path = "", anchor] = link.split("#");
    if (path.startsWith("/") && !path.startsWith(base)) return `is outside ${base}`;
    const from = path.startsWith("/")
      ? path.slice(base.length)
      : posix.join(posix.dirname(page), decodeURI(path));
    const target =
      path === "" ? page : from === "" || from.endsWith("/") ? `${from}index.html` : from;
    if (!existsSync(join(site, target))) return "leads to no file";
    if (anchor === undefined || anchor === "" || !target.endsWith(".html")) return undefined;
    // `#text=…` is a state of the explainer page.
    if (anchor.includes("=")) return undefined;
    return anchorsOf(target).has(decodeURIComponent(anchor))
      ? undefined
      : "leads to no anchor of that page";
  }
}

function idsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!));
}
