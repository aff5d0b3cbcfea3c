import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { cache, npm, root } from "./step.js";

export const packFolder = join(cache, "pack");

/** Packs a folder (by default the built package) and returns the path of the tarball. */
export async function pack(folder = root): Promise<string> {
  mkdirSync(packFolder, { recursive: true });
  const options = ["--json", "--ignore-scripts", "--pack-destination", packFolder];
  const { stdout } = await npm(["pack", folder, ...options]);
  const answer = JSON.parse(stdout) as
    { filename: string }[] | Record<string, { filename: string }>;
  const [packed] = Object.values(answer);
  return join(packFolder, packed!.filename);
}

export function emptyPackFolder(): void {
  rmSync(packFolder, { recursive: true, force: true });
}

export function kilobytes(path: string): string {
  return `${(statSync(path).size / 1000).toFixed(1)} kB`;
}
