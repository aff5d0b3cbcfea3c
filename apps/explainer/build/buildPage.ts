import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type InlineConfig } from "vite";
import { sentences, slugOf } from "../../../examples/trained/sentences.js";
import { writeModelFile } from "../model/modelFile.js";
import { writeCards } from "./cards.js";
import { exampleCards } from "./exampleStates.js";
import { writeIcons } from "./favicon.js";
import { firstPicture } from "./firstPicture.js";
import { modelLicense } from "./modelLicense.js";
import { offlineFiles } from "./offline.js";
import { pageModel } from "./pageModel.js";

export const folder = resolve(import.meta.dirname, "..");
const repository = resolve(folder, "../..");

/** Builds the page as static files that can lie at any path of any server. */
export async function buildPage(outDir: string): Promise<void> {
  const publicDir = join(repository, ".cache/explainer");
  rmSync(publicDir, { recursive: true, force: true });
  for (const name of ["licenses", "examples"])
    mkdirSync(join(publicDir, name), { recursive: true });
  const model = writeModelFile(pageModel());
  writeFileSync(join(publicDir, "model.bin"), model);
  writeFileSync(join(publicDir, "licenses/model.txt"), modelLicense());
  copyFileSync(join(repository, "LICENSE"), join(publicDir, "licenses/qkv.txt"));
  for (const file of sentences.map((sentence) => `${slugOf(sentence)}.json`)) {
    copyFileSync(join(repository, "examples/trained", file), join(publicDir, "examples", file));
  }
  await writeIcons(publicDir);
  await writeCards(publicDir, exampleCards());
  const common: InlineConfig = { root: folder, base: "./", configFile: false, logLevel: "warn" };
  await build({
    ...common,
    publicDir,
    plugins: [firstPicture()],
    resolve: {
      alias: {
        "qkv/core": join(repository, "src/core.ts"),
        "qkv/explain": join(repository, "src/explain/index.ts"),
        "qkv/views": join(repository, "src/views/index.ts"),
      },
    },
    define: {
      MODEL: JSON.stringify(createHash("sha256").update(model).digest("hex").slice(0, 16)),
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
  await buildServiceWorker(outDir, common);
}

/** One file beside the page, where it may answer for all that the page asks. */
async function buildServiceWorker(outDir: string, common: InlineConfig): Promise<void> {
  const { files, hash } = offlineFiles(outDir);
  await build({
    ...common,
    publicDir: false,
    define: { BUILD: JSON.stringify(hash), FILES: JSON.stringify(files) },
    build: {
      outDir,
      emptyOutDir: false,
      lib: {
        entry: join(folder, "offline/serviceWorker.ts"),
        formats: ["iife"],
        name: "offline",
        fileName: () => "offline.js",
      },
    },
  });
}
