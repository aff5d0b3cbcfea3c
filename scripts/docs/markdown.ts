/** The text without fenced blocks: what a reader sees as prose, tables and links. */
export function withoutCode(text: string): string {
  return text.replace(/^( *)(`{3,})[^]*?^\1\2$/gm, "");
}

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

export interface Link {
  text: string;
  path: string;
  anchor: string | undefined;
}

/** Links inside the repository, and its pictures, those in HTML too. */
export function localLinks(text: string): Link[] {
  const prose = withoutCode(text);
  const links = prose.matchAll(/\[((?:`[^`]*`|[^\]])*)\]\(([^)\s]+)\)/g);
  const pictures = prose.matchAll(/<(?:img|source)\b[^>]*?()\s(?:src|srcset)="([^"\s]+)"/g);
  return [...links, ...pictures]
    .map(([, label, target]) => {
      const [path, anchor] = target.split("#");
      return { text: label, path, anchor };
    })
    .filter(({ path }) => !/^[a-z]+:/.test(path));
}
