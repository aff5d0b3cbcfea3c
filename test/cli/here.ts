import { main } from "../../src/cli/main.js";
import type { Project } from "./project.js";

/** Runs a command in this process; only what it checks has a process of its own. */
export async function here(
  project: Project,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const before = process.cwd();
  process.chdir(project.folder);
  try {
    const code = await main(args, project.files, {
      out: (text) => (out += text),
      err: (text) => (err += text),
      terminals: { out: false, err: false },
      env,
      width: 100,
    });
    return { code, out, err };
  } finally {
    process.chdir(before);
  }
}
