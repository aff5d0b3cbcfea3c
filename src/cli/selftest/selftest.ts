import { createHash } from "node:crypto";
import * as core from "../../core.js";
import { sharedEngines } from "../../engine/index.js";
import { differences, goldenHashes, goldenProblems } from "../../golden/golden.js";
import { published } from "../../golden/published.js";
import { checkAttention } from "../../testing/index.js";
import { readFlags, readInteger, type Flags } from "../flags.js";
import type { Checked, GoldenResult, Machine, Reporter, Run } from "../run.js";
import { usageError } from "../usageError.js";
import { library, librarySupports } from "./library.js";

export const selftestFlagNames = {
  seed: { type: "string" },
  runs: { type: "string" },
  reporter: { type: "string", multiple: true },
} as const satisfies Flags;

/** What `qkv selftest` is asked for. */
export interface SelftestFlags {
  readonly seed: number | undefined;
  readonly runs: number | undefined;
  readonly reporters: readonly string[];
}

export function readSelftestFlags(args: readonly string[]): SelftestFlags {
  const { values, rest } = readFlags("selftest", args, selftestFlagNames);
  if (rest.length > 0) throw usageError("qkv selftest", "flags only", rest.join(" "));
  const [seed] = values.get("seed") ?? [];
  const [runs] = values.get("runs") ?? [];
  return {
    seed: seed === undefined ? undefined : readInteger("qkv selftest: --seed", seed, -2147483648),
    runs: runs === undefined ? undefined : readInteger("qkv selftest: --runs", runs, 1),
    reporters: values.get("reporter") ?? [],
  };
}

export interface SelftestContext {
  readonly flags: SelftestFlags;
  readonly reporters: readonly Reporter[];
  readonly stop: AbortSignal;
  readonly machine: Machine;
}

/** `qkv selftest`: every law for each engine that runs here, and the bits of the golden problems. */
export async function selftest({ flags, reporters, stop, machine }: SelftestContext): Promise<Run> {
  const { seed, runs } = flags;
  const available = hasWasm();
  const subjects: Checked[] = [];
  const golden: GoldenResult[] = [];
  for (const engine of sharedEngines.filter((name) => name !== "wasm" || available)) {
    const subject = { name: `engine ${engine}`, notes: notesOn(engine, available) };
    for (const reporter of reporters) reporter.start?.(subject);
    const report = await checkAttention(library(engine), {
      supports: librarySupports,
      ...(seed === undefined ? {} : { seed }),
      ...(runs === undefined ? {} : { runs }),
      signal: stop,
      source: { name: "attention", from: "qkv/core" },
      onProgress: (progress) => reporters.forEach((reporter) => reporter.progress?.(progress)),
      onLaw: (result) => reporters.forEach((reporter) => reporter.law?.(result)),
    });
    subjects.push({ ...subject, report });
    if (!stop.aborted) golden.push(goldenOf(engine));
  }
  const repeat = ["npx qkv selftest", ...(runs ? [`--runs ${runs}`] : []), `--seed=${seed ?? 1}`];
  return {
    command: "selftest",
    ...{ machine, subjects, golden, repeat: repeat.join(" "), interrupted: stop.aborted },
  };
}

function hasWasm(): boolean {
  try {
    core.attention([[1]], [[1]], [[1]], { engine: "wasm" });
    return true;
  } catch {
    return false;
  }
}

function notesOn(engine: core.Engine, available: boolean): string[] {
  if (available)
    return engine === "wasm" ? [`"auto" takes it for all but the smallest calls.`] : [];
  return [`"auto" takes it: there is no WebAssembly with SIMD here, or it is forbidden.`];
}

function goldenOf(engine: core.Engine): GoldenResult {
  const hashes = goldenHashes(core, engine);
  const text = Object.entries(hashes)
    .map(([name, hash]) => `${hash}  ${name}\n`)
    .join("");
  return {
    engine,
    problems: goldenProblems.length,
    hashes,
    digest: createHash("sha256").update(text).digest("hex").slice(0, 16),
    different: differences(hashes, published),
  };
}
