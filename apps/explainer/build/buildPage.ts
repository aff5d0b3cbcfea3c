import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";
import { writeModelFile } from "../model/modelFile.js";
import { modelLicense } from "./modelLicense.js";
import { pageModel } from "./pageModel.js";

export const folder = resolve(import.meta.dirname, "..");
const repository = resolve(folder, "../..");

/** Builds the page as static files that can lie at any path of any server. */
export async function buildPage(outDir: string): Promise<void> {
  const publicDir = join(repository, ".cache/explainer");
  mkdirSync(join(publicDir, "licenses"), { recursive: true });
  writeFileSync(join(publicDir, "model.bin"), writeModelFile(pageModel()));
  writeFileSync(join(publicDir, "licenses/model.txt"), modelLicense());
  copyFileSync(join(repository, "LICENSE"), join(publicDir, "licenses/qkv.txt"));
  await build({
    root: folder,
    base: "./",
    configFile: false,
    publicDir,
    logLevel: "warn",
    resolve: {
      alias: {
        "qkv/core": join(repository, "src/core.ts"),
        "qkv/explain": join(repository, "src/explain/index.ts"),
      },
    },
    worker: { format: "es" },
    // Styles and scripts in files of their own: the page's policy allows nothing inline.
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      license: { fileName: "licenses/libraries.md" },
    },
  });
}
