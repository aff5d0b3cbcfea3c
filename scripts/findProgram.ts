import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first program file that exists: a path as it is, a bare name in the folders of PATH. */
export function findProgram(...candidates: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return candidates
    .flatMap((candidate) =>
      /[/\\]/.test(candidate) ? [candidate] : folders.map((folder) => join(folder, candidate)),
    )
    .find((path) => existsSync(path));
}
