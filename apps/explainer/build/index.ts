// `npm run explainer:build` builds the page into apps/explainer/dist; `npm run explainer` serves it too.
import { join, relative } from "node:path";
import { preview } from "vite";
import { buildPage, folder } from "./buildPage.js";

const outDir = join(folder, "dist");
await buildPage(outDir);
console.log(`the page is in ${relative(process.cwd(), outDir)}`);
if (process.argv.includes("--serve")) {
  const server = await preview({
    root: folder,
    configFile: false,
    base: "./",
    build: { outDir },
    preview: { port: 4173, open: false },
  });
  server.printUrls();
}
