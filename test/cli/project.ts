import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPackage } from "../helpers/buildPackage.js";

/** What a program printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder with the package, built from source, in its node_modules. */
export interface Project {
  readonly folder: string;
  /** The program of the command line. */
  readonly bin: string;
  /** The files of the package, for calls of `main` in this process. */
  readonly files: { readonly manifest: URL; readonly child: URL };
  /** Writes a file and returns its path. */
  write(name: string, text: string): string;
  read(name: string): string;
  /** Runs `npx qkv …args` there. */
  qkv(args: readonly string[], options?: RunOptions): Promise<Ended>;
  remove(): void;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Another Node. */
  readonly node?: string;
  /** Sends a signal when this text was printed; several, so many milliseconds later each. */
  readonly interrupt?: { readonly at: RegExp; readonly after?: readonly number[] };
}

export async function makeProject(): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-cli-"));
  const home = join(folder, "node_modules/qkv");
  await buildPackage(home);
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as object;
  writeFileSync(join(home, "package.json"), JSON.stringify({ ...manifest, version: "1.2.3" }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const bin = join(home, "dist/cli.js");
  return {
    folder,
    bin,
    files: {
      manifest: pathToFileURL(join(home, "package.json")),
      child: pathToFileURL(join(home, "dist/cli.child.js")),
    },
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    read: (name) => readFileSync(join(folder, name), "utf8"),
    qkv: (args, options) => run(bin, args, folder, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function run(
  bin: string,
  args: readonly string[],
  cwd: string,
  { env = {}, node = process.execPath, interrupt }: RunOptions = {},
): Promise<Ended> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...own } = process.env;
  const child = spawn(node, [bin, ...args], { cwd, env: { ...own, ...env } });
  let [out, err, sent] = ["", "", false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    if (!interrupt?.at.test(out) || sent) return;
    for (const time of interrupt.after ?? [0]) setTimeout(() => child.kill("SIGINT"), time);
    sent = true;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  return new Promise((done) => child.on("close", (code) => done({ code, out, err })));
}
