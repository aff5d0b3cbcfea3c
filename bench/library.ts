import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as core from "qkv/core";

export type Library = typeof core;

let instances = 0;

/**
 * Another instance of a built file. V8 compiles each by itself and learns from its own calls only, so
 * that no case is measured with what the cases before it have taught the optimizer.
 */
export async function freshLibrary(file: string): Promise<Library> {
  const url = pathToFileURL(resolve(file));
  url.search = `?instance=${instances++}`;
  return (await import(url.href)) as Library;
}
