import { existsSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { laws, type LawResult, type Supports } from "../../testing/index.js";
import { importOf, moduleOf, type Source } from "../../testing/counterexampleOf.js";
import { optionsLiteral, tensorLiteral } from "../../testing/literals.js";
import { reportOf } from "../../testing/reportOf.js";
import type { Reporter, Run, Subject } from "../run.js";
import { UsageError, usageError } from "../usageError.js";
import type { Machine } from "../run.js";
import type { CheckFlags } from "./checkFlags.js";
import type { Calling, Loaded } from "./messages.js";
import { nodeFlags, type NodeAbilities } from "./nodeFlags.js";
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

/** `qkv check`: the laws of attention for a function of a file. */
export async function check(context: CheckContext): Promise<Run> {
  const { flags, reporters, stop, machine, node, program } = context;
  const { seed, runs, timeout, supports, exportName } = flags;
  const file = resolve(flags.file);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw usageError("qkv check", "a file with the function", `${flags.file}, which is none`);
  }
  const execArgv = nodeFlags(file, node);
  const name = pathOf(file);
  const started = Date.now();
  const results: LawResult[] = [];
  let loaded: Loaded | undefined;
  const law = (result: LawResult): void => {
    results.push(result);
    for (const reporter of reporters) reporter.law?.(result);
  };
  /** Laws without a result. */
  const rest = (reason: string): void => {
    for (const info of listed.slice(results.length)) {
      law({ ...info, status: "not run", reason, cases: 0, seed: seed ?? 1, milliseconds: 0 });
    }
  };
  const subject = (): Subject => ({
    ...{ name, file: name, notes: loaded?.notes ?? [] },
    ...(loaded ? { exported: exportText(loaded) } : {}),
  });

  const listed = laws.filter(({ id }) => flags.only.includes(id));
  let failures = 0;
  while (results.length < listed.length) {
    const only = listed.slice(results.length).map(({ id }) => id);
    const budget = flags.budget && Math.max(1, flags.budget - (Date.now() - started));
    const order = { file, from: name, exportName, supports, only, seed, runs, budget, timeout };
    let pause = Date.now();
    const outcome = await runChild(program, execArgv, order, stop, {
      loaded(next) {
        if (loaded === undefined) {
          loaded = next;
          for (const reporter of reporters) reporter.start?.(subject());
        }
      },
      call({ progress: { law: id, run, cases, runs: most } }) {
        const index = listed.findIndex((info) => info.id === id);
        const progress = { law: id, index, laws: listed.length, run, cases, runs: most };
        for (const reporter of reporters) reporter.progress?.(progress);
      },
      law(result) {
        pause = Date.now();
        law(result);
      },
    });
    if (outcome.kind === "stopped") {
      rest("interrupted");
      break;
    }
    if (outcome.kind === "done") {
      rest("the check ended before it");
      break;
    }
    if (outcome.kind === "refused") {
      if (loaded === undefined) throw new UsageError(outcome.message);
      rest(`it could not be loaded again: ${outcome.message}`);
      break;
    }
    const { call, what } = outcome;
    if (loaded === undefined || call === undefined) throw new UsageError(`qkv check: ${what}`);
    const source = { name: loaded.exported, from: name };
    const info = listed[results.length];
    const { cases, run } = call.progress;
    law({
      ...{ ...info, status: "broken", reason: what, cases: cases + 1, seed: seed ?? 1 },
      milliseconds: Date.now() - pause,
      counterexample: {
        ...{ message: what, index: run, sizes: sizesOf(call, loaded) },
        code: moduleOf(info, what, callLines(call, source), [], source),
      },
    });
    if (++failures === 2) rest(`twice ${what}`);
  }
  const report = reportOf(results, seed ?? 1, Date.now() - started);
  return {
    command: "check",
    machine,
    subjects: [{ ...subject(), report }],
    repeat: repeatOf(context, name, report.laws),
    interrupted: stop.aborted,
  };
}

/** As it is imported, and as annotations want it. */
function pathOf(file: string): string {
  const path = relative(process.cwd(), file).split(sep).join("/");
  return /^\.\.?\//.test(path) ? path : `./${path}`;
}

function exportText({ exported }: Loaded): string {
  return exported === "default" ? "default export" : exported.replace(/^default\./, "");
}

/** The call as code. */
function callLines({ query, key, value, options }: Calling, source: Source): string[] {
  return [
    ...Object.entries({ query, key, value }).map(
      ([name, tensor]) => `const ${name} = ${tensorLiteral(tensor)};`,
    ),
    `await ${importOf(source)[1]}(query, key, value, ${optionsLiteral(options)});`,
  ];
}

function sizesOf({ query, key, value }: Calling, { batch, heads }: Loaded) {
  const [L, D] = query.shape.slice(-2);
  const [S, E] = value.shape.slice(-2);
  const B = batch ? query.shape[0] : 1;
  const [H, Hkv] = heads ? [query.shape.at(-3)!, key.shape.at(-3)!] : [1, 1];
  return { B, H, Hkv, L, S, D, E };
}

/** The command that shows what is broken, or all of it, again. */
function repeatOf({ flags }: CheckContext, name: string, results: readonly LawResult[]): string {
  const broken = results.filter(({ status }) => status === "broken").map(({ id }) => id);
  const only = broken.length > 0 ? broken : flags.only.length < laws.length ? flags.only : [];
  const quote = (text: string): string =>
    /^[\w./,:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
  return [
    `npx qkv check ${quote(name)}`,
    ...(flags.exportName === undefined ? [] : [`--export ${quote(flags.exportName)}`]),
    ...supportsFlags(flags.supports).map((text) => `--supports ${quote(text)}`),
    ...(only.length > 0 ? [`--only ${only.join(",")}`] : []),
    ...(flags.runs === undefined ? [] : [`--runs ${flags.runs}`]),
    `--seed=${flags.seed ?? 1}`,
  ].join(" ");
}

function supportsFlags(supports: Supports): string[] {
  return Object.keys(supports).length === 0 ? [] : [JSON.stringify(supports)];
}
