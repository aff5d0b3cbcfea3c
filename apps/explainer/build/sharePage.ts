import { cardSize, type Card } from "./cardPicture.js";
import { pageName, policy } from "./pageHead.js";

/**
 * A page of one state. What is behind the # of an address never reaches a server, so a link to a state could not have
 * a picture of its own without it.
 */
export function sharePage({ name, words, picture, hash }: Card, base: string): string {
  const { title, caption } = picture(640);
  const heading = `${words.join(" ")}: ${title[0].toLowerCase()}${title.slice(1)}`;
  const image = `${base}cards/${name}.png`;
  const properties: [string, string][] = [
    ["og:type", "website"],
    ["og:site_name", pageName],
    ["og:title", heading],
    ["og:description", caption],
    ["og:image", image],
    ["og:image:type", "image/png"],
    ["og:image:width", String(cardSize.width)],
    ["og:image:height", String(cardSize.height)],
    ["og:image:alt", `${title}. ${caption}`],
    // Not the explainer page: who shows the card would read that instead.
    ...(base.startsWith("http") ? [["og:url", `${base}s/${name}.html`] as [string, string]] : []),
  ];
  const there = escaped(`../${hash}`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta http-equiv="refresh" content="0; url=${there}" />
    <meta name="color-scheme" content="light dark" />
    <title>${escaped(heading)}</title>
    <meta name="description" content="${escaped(caption)}" />
${properties.map(([property, content]) => `    <meta property="${property}" content="${escaped(content)}" />`).join("\n")}
    <meta name="twitter:card" content="summary_large_image" />
    <link rel="icon" href="../favicon.svg" type="image/svg+xml" />
  </head>
  <body>
    <p><a href="${there}">${escaped(heading)}</a></p>
  </body>
</html>
`;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (it) => escapes[it]);
}
