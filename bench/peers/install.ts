import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { npm, root } from "../../scripts/step.js";

const here = join(root, "bench/peers");

/** Installs the peers from their lock, if that has not been done. They are large: about 800 MB. */
export async function installPeers(progress: (text: string) => void): Promise<void> {
  const installed = join(here, "node_modules/.package-lock.json");
  if (existsSync(installed) && changed(installed) >= changed(join(here, "package-lock.json"))) {
    return;
  }
  progress("installing the peers into bench/peers/node_modules");
  // Its script would fetch libraries for graphics cards.
  process.env["ONNXRUNTIME_NODE_INSTALL"] = "skip";
  await npm(["ci", "--no-audit", "--no-fund"], here);
}

/** Builds dist, if a source is newer than it. */
export async function buildIfNeeded(progress: (text: string) => void): Promise<string> {
  const built = join(root, "dist/core.js");
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  const newest = Math.max(
    changed(join(root, "rolldown.config.ts")),
    ...sources.map((file) => changed(join(root, "src", file))),
  );
  if (!existsSync(built) || changed(built) < newest) {
    progress("building dist");
    await npm(["run", "--silent", "build"]);
  }
  return built;
}

function changed(file: string): number {
  return statSync(file).mtimeMs;
}
