import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables beyond those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a command and returns what `use` makes of it. `output` is what the command prints; it rejects
 * if the command fails or runs for longer than `limit` milliseconds. `home` is a folder for what the
 * command writes. In the end the command, all that it started and the folder are gone.
 */
export async function withChild<T>(
  commandOf: (home: string) => Command,
  limit: number,
  use: (output: Promise<string>) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), "qkv-child-"));
  const { program, args, env } = commandOf(home);
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own: it is killed with all that it started.
    detached: process.platform !== "win32",
  });
  const abandon = () => {
    signalGroup(child, "SIGKILL");
    rmSync(home, { recursive: true, force: true });
  };
  const interrupt = () => process.exit(130);
  process.once("exit", abandon).once("SIGINT", interrupt).once("SIGTERM", interrupt);
  let timer: NodeJS.Timeout | undefined;
  let ending: Promise<void> | undefined;
  const output = new Promise<string>((done, fail) => {
    const failed = (how: string) =>
      fail(new Error([`${program} ${how}`, ...lastLines(printed)].join("\n")));
    let stdout = "";
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.once("error", ({ message }) => failed(`did not start: ${message}`));
    // What a crash leaves behind would hold the pipes open.
    child.once("exit", () => (ending ??= endGroup(child)));
    child.once("close", (code, signal) => {
      if (code === 0) done(stdout);
      else failed(`ended with ${signal ?? code}`);
    });
    timer = setTimeout(() => failed(`took longer than ${limit / 1000} s`), limit);
  });
  output.catch(() => {});
  try {
    return await use(output);
  } finally {
    clearTimeout(timer);
    await (ending ??= endGroup(child));
    process.off("exit", abandon).off("SIGINT", interrupt).off("SIGTERM", interrupt);
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Ends a command with all that it started: asks first, because an X server removes its lock then. */
async function endGroup(child: ChildProcess): Promise<void> {
  const ended = async (milliseconds: number): Promise<void> => {
    for (let waited = 0; waited < milliseconds && signalGroup(child, 0); waited += 20) {
      await sleep(20);
    }
  };
  // A command that has ended may have asked already, and the second signal would kill.
  if (child.exitCode !== null || child.signalCode !== null) await ended(1000);
  signalGroup(child, "SIGTERM");
  await ended(2000);
  signalGroup(child, "SIGKILL");
  await ended(1000);
}

/** Whether anything of the group is left. Windows has no groups and no signals: there it ends at once. */
function signalGroup({ pid }: ChildProcess, signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  if (pid === undefined) return false;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    return false;
  }
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

function lastLines(text: string): string[] {
  return text.trim() === "" ? [] : text.trim().split("\n").slice(-10);
}
