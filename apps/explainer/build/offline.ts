import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/**
 * What the service worker keeps of a built page: all but the model, which is kept when it is loaded, and what is only
 * for those who show links.
 */
export function offlineFiles(outDir: string): { files: string[]; hash: string } {
  const left = ["model.bin", "offline.js"];
  const files = readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(outDir.length + 1))
    .map((file) => file.split(sep).join("/"))
    .filter((file) => !left.includes(file) && !/^(cards|s)\//.test(file))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(outDir, file)));
  // A server answers with the page where its folder is asked for.
  return {
    files: files.filter((file) => file !== "index.html"),
    hash: hash.digest("hex").slice(0, 16),
  };
}
