import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { withChild } from "../../scripts/withChild.js";

const node = (code: string) => () => ({ program: process.execPath, args: ["--eval", code] });
const output = (printed: Promise<string>) => printed;

/** Starts a process that keeps the pipes open, and calls `started` with its id. */
const start = (before: string) => {
  const code = `${before}; console.log(process.pid); setInterval(() => {}, 1000);`;
  return `
    const { spawn } = require("node:child_process");
    const other = spawn(process.execPath, ["--eval", ${JSON.stringify(code)}], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    other.stdout.once("data", (pid) => started(Number(pid)));`;
};

/** The killed process is there until its new parent has taken notice. */
async function expectGone(pid: number): Promise<void> {
  const alive = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(alive, { timeout: 20_000 }).toBe(false);
}

describe("withChild", () => {
  it("gives what a command prints, without its errors", async () => {
    const command = node(`console.log("yes"); console.error("no")`);
    expect(await withChild(command, 60_000, output)).toBe("yes\n");
  });

  it("names the program that fails, with its last lines", async () => {
    const command = node(`console.error("why"); process.exit(3)`);
    await expect(withChild(command, 60_000, output)).rejects.toThrow(
      `${process.execPath} ended with 3\nwhy`,
    );
  });

  it("names the program that does not start", async () => {
    const command = () => ({ program: "/no/such/program", args: [] });
    await expect(withChild(command, 60_000, output)).rejects.toThrow(
      "/no/such/program did not start: spawn /no/such/program ENOENT",
    );
  });

  it("ends what takes too long", async () => {
    const command = node("setInterval(() => {}, 1000)");
    await expect(withChild(command, 200, output)).rejects.toThrow(
      `${process.execPath} took longer than 0.2 s`,
    );
  });

  it("leaves no process behind after a crash", async () => {
    const command = node(
      `${start("")} const started = (pid) => { console.error(pid); process.exit(3); };`,
    );
    const error = (await withChild(command, 60_000, output).catch(
      (error: unknown) => error,
    )) as Error;
    const [, pid] = /ended with 3\n(\d+)$/.exec(error.message)!;
    await expectGone(Number(pid));
  });

  it("leaves neither folder nor process behind, though that would not end by itself", async () => {
    let folder = "";
    const command = (home: string) => {
      folder = home;
      const file = JSON.stringify(join(home, "pid"));
      const started = `const started = (pid) => require("node:fs").writeFileSync(${file}, pid + ".");`;
      const stubborn = start(`process.on("SIGTERM", () => {})`);
      return node(`${stubborn} ${started}`)();
    };
    const pid = await withChild(command, 60_000, async () => {
      const file = join(folder, "pid");
      while (!existsSync(file) || !readFileSync(file, "utf8").endsWith(".")) await sleep(20);
      return parseInt(readFileSync(file, "utf8"));
    });
    expect(pid).toBeGreaterThan(0);
    expect(existsSync(folder)).toBe(false);
    await expectGone(pid);
  });
});
