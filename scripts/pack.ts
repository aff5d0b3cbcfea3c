import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { cache, npm, root } from "./step.js";

export const packFolder = join(cache, "pack");

/** A tarball, as npm describes it. */
export interface Packed {
  filename: string;
  unpackedSize: number;
  files: { path: string }[];
}

/** Packs a folder (by default the built package) into `packFolder`. */
export function pack(folder = root): Promise<Packed> {
  mkdirSync(packFolder, { recursive: true });
  return npmPack(folder, ["--pack-destination", packFolder]);
}

/** The files that would be packed now. */
export async function publishedFiles(): Promise<string[]> {
  const { files } = await npmPack(root, ["--dry-run"]);
  return files.map(({ path }) => path);
}

async function npmPack(folder: string, options: string[]): Promise<Packed> {
  const { stdout } = await npm(["pack", folder, "--json", "--ignore-scripts", ...options]);
  const [packed] = Object.values(JSON.parse(stdout) as Packed[] | Record<string, Packed>);
  return packed!;
}

export function tarballOf({ filename }: Packed): string {
  return join(packFolder, filename);
}

export function emptyPackFolder(): void {
  rmSync(packFolder, { recursive: true, force: true });
}

export function kilobytes(path: string): string {
  return `${(statSync(path).size / 1000).toFixed(1)} kB`;
}
