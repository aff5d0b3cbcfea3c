import { existsSync } from "node:fs";
import { join } from "node:path";
import { npm, root } from "../../scripts/step.js";
import { progress } from "../commandLine.js";
import { changed } from "../library.js";

const here = join(root, "bench/peers");

/** Installs the peers from their lock, if that has not been done. They are large: about 800 MB. */
export async function installPeers(): Promise<void> {
  const installed = join(here, "node_modules/.package-lock.json");
  if (existsSync(installed) && changed(installed) >= changed(join(here, "package-lock.json"))) {
    return;
  }
  progress("installing the peers into bench/peers/node_modules");
  // Its script would fetch libraries for graphics cards.
  process.env["ONNXRUNTIME_NODE_INSTALL"] = "skip";
  await npm(["ci", "--no-audit", "--no-fund"], here);
}
