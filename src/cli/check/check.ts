import { existsSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { reportOf } from "../../testing/reportOf.js";
import type { Machine, Reporter, Run } from "../run.js";
import { UsageError, usageError } from "../usageError.js";
import type { CheckFlags } from "./checkFlags.js";
import { Findings } from "./findings.js";
import { nodeFlags, type NodeAbilities } from "./nodeFlags.js";
import { repeatOf } from "./repeatOf.js";
import { runChild } from "./runChild.js";

export interface CheckContext {
  readonly flags: CheckFlags;
  readonly reporters: readonly Reporter[];
  readonly stop: AbortSignal;
  readonly machine: Machine;
  readonly node: NodeAbilities;
  /** The program of the child. */
  readonly program: string | URL;
}

/** After so many calls that did not come back, nothing more is expected of a function. */
const mostFailures = 2;

/** `qkv check`: the laws of attention for a function of a file. */
export async function check(context: CheckContext): Promise<Run> {
  const { flags, reporters, stop, machine, node, program } = context;
  const { seed = 1, runs, timeout, supports, exportName } = flags;
  const file = resolve(flags.file);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw usageError("qkv check", "a file with the function", `${flags.file}, which is none`);
  }
  const execArgv = nodeFlags(file, node);
  const name = pathOf(file);
  const from = specifierOf(name);
  const started = Date.now();
  const findings = new Findings(flags.only, { file: name, from }, seed, reporters);

  // One process, and another one for the laws that are left where the function ended it.
  for (let failures = 0; findings.left.length > 0;) {
    const only = findings.left.map(({ id }) => id);
    const budget = flags.budget && Math.max(1, flags.budget - (Date.now() - started));
    const order = { file, from, exportName, supports, only, seed, runs, budget, timeout };
    const outcome = await runChild(program, execArgv, order, stop, findings);
    if (outcome.kind === "done") findings.rest("the check ended before it");
    else if (outcome.kind === "stopped") findings.rest("interrupted");
    else if (!findings.known) {
      const who = outcome.kind === "refused" ? "" : "qkv check: ";
      throw new UsageError(who + outcome.message);
    } else if (outcome.kind === "refused" || outcome.call === undefined) {
      findings.rest(`it could not be started again: ${outcome.message}`);
    } else {
      findings.failed(outcome.message, outcome.call);
      if (++failures === mostFailures) findings.rest(`twice ${outcome.message}`);
    }
  }
  const { subject, results } = findings;
  return {
    command: "check",
    machine,
    subjects: [{ ...subject, report: reportOf(results, seed, Date.now() - started) }],
    repeat: repeatOf(flags, name, results),
    interrupted: stop.aborted,
  };
}

/** From here, as annotations want it. */
function pathOf(file: string): string {
  const path = relative(process.cwd(), file);
  // On another drive.
  if (isAbsolute(path)) return file;
  const parts = path.split(sep).join("/");
  return parts.startsWith("../") ? parts : `./${parts}`;
}

/** As it is imported: a specifier is a URL, in which some letters have a meaning. */
function specifierOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.replaceAll(/[%?#]/g, encodeURIComponent);
}
