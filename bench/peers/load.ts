import { readFileSync } from "node:fs";

const folder = new URL("./node_modules/", import.meta.url);

/** Imports an installed peer. Not by a literal, so that the project compiles without the peers. */
export async function load<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}

export function versionOf(name: string): string {
  const file = new URL(`${name}/package.json`, folder);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** A file of an installed peer. */
export function fileOf(path: string): URL {
  return new URL(path, folder);
}
