// The documentation as a static site: `npm run docs` builds it into `site/`, with --serve it shows it.
// DOCS_BASE is the path that it will be served from, "/" by default.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import { build, serve } from "vitepress";
import { cache, root, tool } from "../step.js";
import { buildPage } from "../../apps/explainer/build/buildPage.js";
import { assemble } from "./assemble.js";
import { brokenLinks } from "./brokenLinks.js";
import { figuresFile } from "./figuresFile.js";
import { liveFigures } from "./liveFigures.js";

const base = process.env["DOCS_BASE"] ?? "/";
const pages = join(cache, "site");
const out = join(root, "site");

for (const folder of [pages, out]) rmSync(folder, { recursive: true, force: true });
await tool("typedoc", [
  "--options",
  join(root, "scripts/docs/typedoc.json"),
  "--out",
  join(pages, "api"),
]);
assemble(root, pages);
// The explainer page lies beside the pages, as it is.
await buildPage(join(pages, "public/explainer"));
// Figures of the lesson answer a reader.
writeFileSync(figuresFile, JSON.stringify(await liveFigures()));
await bundle({
  entryPoints: [join(root, "src/views/element/index.ts")],
  outfile: join(pages, "public/qkv-attention.js"),
  bundle: true,
  minify: true,
  format: "esm",
});
const settings = join(pages, ".vitepress");
mkdirSync(settings, { recursive: true });
writeFileSync(
  join(settings, "config.ts"),
  'export { default } from "../../../scripts/docs/config.js";\n',
);
await build(pages, { base, outDir: out });

const broken = brokenLinks(out, base);
for (const { page, link, why } of broken) console.error(`${page}: ${link} ${why}`);
if (broken.length > 0 || !existsSync(join(out, "index.html"))) process.exit(1);
console.log("site/ is built; every link inside it leads somewhere");
if (process.argv.includes("--serve")) await serve({ root: pages, base });
