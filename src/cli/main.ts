import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { overview, checkHelp, lawsHelp, lawsText, selftestHelp } from "./help.js";
import { check } from "./check/check.js";
import { readCheckFlags, readLawNames } from "./check/checkFlags.js";
import { reportersOf } from "./reporters/index.js";
import { exitCodeOf, type Machine, type Run, type Surroundings } from "./run.js";
import { readSelftestFlags, selftest } from "./selftest/selftest.js";
import { nearest, UsageError, usageError } from "./usageError.js";

/** The files that belong to the program. */
export interface Files {
  readonly manifest: URL;
  /** What runs in the child of `qkv check`. */
  readonly child: URL;
}

/** The command line: runs a command, prints, and returns the exit code. */
export async function main(
  args: readonly string[],
  files: Files,
  surroundings: Surroundings,
): Promise<number> {
  try {
    return await runCommand(args, files, surroundings);
  } catch (error) {
    const { message, stack } = error as Error;
    // Anything else is a mistake of this program, which its stack helps to find.
    const text = error instanceof UsageError ? message : stack;
    surroundings.err(`${text}\n`);
    return 2;
  }
}

async function runCommand(
  [command, ...rest]: readonly string[],
  files: Files,
  surroundings: Surroundings,
): Promise<number> {
  const help = rest.includes("--help") || rest.includes("-h");
  const say = (text: string): number => {
    surroundings.out(text);
    return 0;
  };
  switch (command) {
    case undefined:
      surroundings.err(overview);
      return 2;
    case "--help":
    case "-h":
    case "help":
      return say(overview);
    case "--version":
    case "-v":
      return say(`${versionOf(files)}\n`);
    case "laws":
      return say(help ? lawsHelp : lawsText(readLawNames(rest)));
    case "check": {
      if (help) return say(checkHelp);
      const flags = readCheckFlags(rest);
      const reporters = reportersOf("check", flags.reporters, surroundings);
      const node = {
        version: process.versions.node,
        typescript: (process.features as { typescript?: unknown }).typescript,
        allowed: process.allowedNodeEnvironmentFlags,
        execArgv: process.execArgv,
        nodeOptions: process.env.NODE_OPTIONS ?? "",
      };
      const machine = machineOf(files);
      return finish(reporters, (stop) =>
        check({ flags, reporters, stop, machine, node, program: files.child }),
      );
    }
    case "selftest": {
      if (help) return say(selftestHelp);
      const flags = readSelftestFlags(rest);
      const reporters = reportersOf("selftest", flags.reporters, surroundings);
      const machine = machineOf(files);
      return finish(reporters, (stop) => selftest({ flags, reporters, stop, machine }));
    }
    default: {
      const meant = nearest(command, ["check", "selftest", "laws"]);
      const fix = meant === undefined ? "see npx qkv --help" : `write npx qkv ${meant}`;
      throw usageError("qkv", "check, selftest or laws", JSON.stringify(command), fix);
    }
  }
}

/** Milliseconds in which a second signal is the same key: npx passes on what the terminal has sent already. */
const samePress = 300;

/** Runs until the end or the first Ctrl-C, and reports either way; a second one ends at once. */
async function finish(
  reporters: readonly { end(run: Run): void }[],
  command: (stop: AbortSignal) => Promise<Run>,
): Promise<number> {
  const stop = new AbortController();
  let first = 0;
  const interrupt = (): void => {
    if (!stop.signal.aborted) {
      first = Date.now();
      stop.abort();
    } else if (Date.now() - first > samePress) process.exit(2);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const run = await command(stop.signal);
    for (const reporter of reporters) reporter.end(run);
    return exitCodeOf(run);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

function versionOf({ manifest }: Files): string {
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

function machineOf(files: Files): Machine {
  return {
    qkv: versionOf(files),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
  };
}
