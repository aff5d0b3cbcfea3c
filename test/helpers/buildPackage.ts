import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import builds from "../../rolldown.config.js";

const root = resolve(import.meta.dirname, "../..");

/** The package of src in a folder, its code as it is published: no test depends on what is in dist. */
export async function buildPackage(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  for (const { output, ...options } of builds) {
    const bundle = await rolldown({ cwd: root, ...options });
    await bundle.write({ ...output, dir: join(folder, "dist") });
    await bundle.close();
  }
}
