import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

/** Where scripts leave what need not be kept. */
export const cache = join(root, ".cache");

export interface Output {
  stdout: string;
  /** Both streams, as a reader would see them. */
  all: string;
}

/** Runs a program to its end; the error of a failing one holds its whole output. */
export function run(
  command: string,
  args: string[],
  cwd = root,
  extra: NodeJS.ProcessEnv = {},
): Promise<Output> {
  return new Promise((done, fail) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...extra };
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let all = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      all += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      all += text;
    });
    child.on("error", fail);
    child.on("close", (code) => {
      if (code === 0) done({ stdout, all });
      else fail(new Error(all.trim() || `${command} ${args.join(" ")} ended with ${code}`));
    });
  });
}

/** Runs a JavaScript file with this Node. */
export function node(args: string[], cwd = root, extra?: NodeJS.ProcessEnv): Promise<Output> {
  return run(process.execPath, args, cwd, extra);
}

/** Runs the command of an installed package, without a shell, so that it works on Windows too. */
export function tool(
  packageName: string,
  args: string[],
  cwd = root,
  extra?: NodeJS.ProcessEnv,
): Promise<Output> {
  const folder = join(root, "node_modules", packageName);
  const { bin } = readJson<{ bin: string | Record<string, string> }>(join(folder, "package.json"));
  const [first] = typeof bin === "string" ? [bin] : Object.values(bin);
  return node([join(folder, first!), ...args], cwd, extra);
}

/** Runs npm: the one that started this script, or the one beside this Node. */
export function npm(args: string[], cwd = root): Promise<Output> {
  const started = process.env["npm_execpath"];
  if (started?.endsWith(".js")) return node([started, ...args], cwd);
  const require = createRequire(process.execPath);
  const bin = dirname(process.execPath);
  const candidates = [
    "../lib/node_modules/npm/bin/npm-cli.js",
    "./node_modules/npm/bin/npm-cli.js",
  ];
  for (const candidate of candidates) {
    try {
      return node([require.resolve(join(bin, candidate)), ...args], cwd);
    } catch {
      continue;
    }
  }
  return run("npm", args, cwd);
}

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

/** One gate: returns its key figure, throws an Error with everything a reader needs. */
export interface Step {
  name: string;
  run: () => Promise<string>;
}

export interface Result {
  name: string;
  passed: boolean;
  seconds: number;
}

/** Runs steps, at most `width` at a time, and prints one line for each; failing output follows it whole. */
export async function runSteps(steps: Step[], width: number): Promise<Result[]> {
  const waiting = [...steps];
  const results: Result[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const start = performance.now();
      let figure = "";
      let failure: string | undefined;
      try {
        figure = await step.run();
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
      const seconds = (performance.now() - start) / 1000;
      const passed = failure === undefined;
      results.push({ name: step.name, passed, seconds });
      const verdict = passed ? "pass" : "FAIL";
      console.log(
        `${verdict}  ${step.name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s  ${figure}`,
      );
      if (failure !== undefined) console.log(failure.replace(/^/gm, "      "));
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

export function writeReport(name: string, value: unknown): void {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, name), `${JSON.stringify(value, null, 2)}\n`);
}
