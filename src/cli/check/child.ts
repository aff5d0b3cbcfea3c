import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { checkAttention } from "../../testing/index.js";
import type { AttentionFunction, Progress, Supports } from "../../testing/types.js";
import { readSupports } from "../../testing/readSupports.js";
import { UsageError, usageError } from "../usageError.js";
import { loadFunction } from "./loadFunction.js";
import type { FromChild, Order, ToChild } from "./messages.js";

// The process in which the function runs. It may hang, crash or exit here, and nobody is harmed; so each call
// is reported before it is made.

// A module that reports to a parent of its own, as under a process manager, does not find this one.
const send = process.send!.bind(process);
delete process.send;

/** Resolves when the message has left this process: what follows may never return. */
function tell(message: FromChild): Promise<void> {
  return new Promise((resolve) => send(message, undefined, {}, () => resolve()));
}

const stopping = new AbortController();

process.on("message", (message: ToChild) => {
  if (message.type === "stop") stopping.abort();
  else void run(message.order);
});
// Ctrl-C goes to all processes of a terminal; the parent decides what it means.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());
process.on("uncaughtException", (error) => {
  void tell({ type: "uncaught", message: textOf(error) }).then(() => process.exit(1));
});

async function run(order: Order): Promise<void> {
  try {
    await check(order);
    await tell({ type: "done" });
  } catch (error) {
    await tell({ type: "refused", message: textOf(error) });
  }
  // What the function has left open must not keep the process.
  process.exit();
}

async function check(order: Order): Promise<void> {
  const { only, seed, runs, budget, timeout, from } = order;
  const { fn, exported, supports: own } = await load(order);
  const supports = { ...readOwn(own), ...order.supports };
  readSupports("checkAttention", supports, "supports");
  await tell({
    type: "loaded",
    loaded: {
      exported,
      notes: notesOn(supports),
      batch: supports.batch === true,
      heads: supports.heads === true,
    },
  });
  let now: Progress;
  const reported: AttentionFunction = async (query, key, value, options) => {
    await tell({ type: "call", call: { query, key, value, options, progress: now } });
    return fn(query, key, value, options);
  };
  const given = Object.entries({ seed, runs, budget }).filter(([, value]) => value !== undefined);
  await checkAttention(reported, {
    ...Object.fromEntries(given),
    ...{ only, supports, timeout, source: { name: exported, from }, signal: stopping.signal },
    onProgress: (progress) => (now = progress),
    onLaw: (result) => void tell({ type: "law", result }),
  });
}

async function load({ file, exportName }: Order): ReturnType<typeof loadFunction> {
  try {
    return await loadFunction(file, exportName);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`qkv check: the module could not be loaded. ${stackOf(error, file)}`);
  }
}

function readOwn(supports: unknown): Supports {
  if (supports === undefined) return {};
  if (typeof supports === "object" && supports !== null) return supports as Supports;
  const expected = "an object that says what the function supports";
  throw usageError("qkv check: the export supports", expected, typeof supports);
}

function notesOn(supports: Supports): string[] {
  if (Object.keys(supports).some((name) => name !== "dtype")) return [];
  return [
    "Nothing is said of what it supports, so it gets [L, D], [S, D], [S, E] and no options.",
    'Say more: export const supports = { batch: true, heads: true, mask: "allow", causal: "square" };',
  ];
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error of loading with the places in the file, and without those in Node and in this program. */
function stackOf(error: unknown, file: string): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SyntaxError) return syntaxErrorOf(file) ?? String(error);
  const lines = (error.stack ?? error.message).split("\n");
  const first = lines.findIndex((line) => /^ {4}at /.test(line));
  const head = first < 0 ? lines : lines.slice(0, first);
  const places = first < 0 ? [] : lines.slice(first).filter((line) => line.includes(file));
  return [...head, ...places].join("\n");
}

/** The line of a syntax error, which Node prints only when it ends because of it. */
function syntaxErrorOf(file: string): string | undefined {
  const ways = [
    { args: ["--check", file] },
    // A module that is not named as one.
    { args: ["--check", "--input-type=module"], input: readFileSync(file) },
  ];
  for (const { args, input } of ways) {
    const { stderr } = spawnSync(process.execPath, args, { encoding: "utf8", input });
    const printed = /^[^]*?^SyntaxError: .*$/m.exec(stderr)?.[0];
    if (printed !== undefined) return withFix(printed.replace("[stdin]", file), file);
  }
  return undefined;
}

/** Says what is missing where Node has read a module as CommonJS. */
function withFix(printed: string, file: string): string {
  // What Node has warned of is said below, and was printed already.
  const error = printed.replaceAll(/^\((node:\d+\)|Use `node) .*\n/gm, "");
  const [, kind] = /\.([jt])s$/.exec(file) ?? [];
  if (kind === undefined || !/^(import|export)\b.*\n *\^/m.test(error)) return error;
  const fix = `if this is an ES module, name it .m${kind}s, or write "type": "module" into package.json`;
  return `${error}\nFix: ${fix}.`;
}
