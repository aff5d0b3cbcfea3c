import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, release, totalmem, type as system } from "node:os";

/** Where a measurement was made. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  os: string;
  arch: string;
  /** Running processes of the last minute when the run began: above 1, others were computing too. */
  load: number;
  node: string;
  v8: string;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown processor",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${system()} ${release()}`,
    arch: process.arch,
    load: Math.round(100 * loadavg()[0]) / 100,
    node: process.version,
    v8: process.versions.v8,
  };
}

/** What was measured. */
export interface Revision {
  commit: string;
  /** Sources differ from that commit. */
  modified: boolean;
}

/** `unknown` outside a repository. */
export function describeRevision(root: string): Revision {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    return {
      commit: git("rev-parse", "--short=10", "HEAD").trim(),
      modified: git("status", "--porcelain", "--", "src", "rolldown.config.ts").trim() !== "",
    };
  } catch {
    return { commit: "unknown", modified: false };
  }
}

/** `AMD EPYC, 2 cores, Linux 6.1 x64; Node v20.1.0, V8 11.3; commit 0123456789, 2026-01-02`. */
export function whereOf({
  machine,
  revision,
  date,
}: {
  machine: Machine;
  revision: Revision;
  date: string;
}): string {
  const { cpu, cores, os, arch, node, v8 } = machine;
  const commit = `${revision.commit}${revision.modified ? " with changes" : ""}`;
  return `${cpu}, ${cores} cores, ${os} ${arch}; Node ${node}, V8 ${v8}; commit ${commit}, ${date.slice(0, 10)}`;
}
