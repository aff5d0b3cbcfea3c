import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as core from "qkv/core";
import { npm, root } from "../scripts/step.js";
import { progress } from "./commandLine.js";

export type Library = typeof core;

/** Opens an instance of its own for each case, so that no case learns from another. */
export type MakeLibrary = () => Promise<Library>;

let instances = 0;

/**
 * Another instance of a module. V8 compiles each by itself and learns from its own calls only, so that
 * no case is measured with what the cases before it have taught the optimizer.
 */
export async function fresh<T>({ href }: URL): Promise<T> {
  return (await import(`${href}?instance=${instances++}`)) as T;
}

/** A fresh instance of a built file. */
export function freshLibrary(file: string): Promise<Library> {
  return fresh(pathToFileURL(resolve(file)));
}

/** Builds dist, if a source is newer than it. */
export async function buildIfNeeded(): Promise<string> {
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

/** When a file was last written. */
export function changed(file: string): number {
  return statSync(file).mtimeMs;
}
