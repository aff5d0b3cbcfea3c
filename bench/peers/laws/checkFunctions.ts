import { root } from "../../../scripts/step.js";
import { checkAttention, type CheckOptions, type Report } from "../../../src/testing/index.js";
import { progress } from "../../commandLine.js";
import { describeMachine, describeRevision } from "../../machine.js";
import { isWanted } from "../../options.js";
import { oneLine } from "../../runCases.js";
import { lawFunctions, versionOfPackage } from "./functions.js";
import type { LawsOptions } from "./options.js";
import type { FunctionResult, LawsReport } from "./report.js";

/** Laws that say more of a function that claims `exact` or `garbage`. */
const beyondClaims = [
  ...["garbage-leak", "mask-leak", "causal-leak", "window-leak", "padding-leak"],
  ...["looking", "rules", "bias-blocks", "one-key", "weight-range"],
  ...["query-order", "queries", "query-garbage", "decode", "heads", "batch", "grouped"],
];

/** Checks one function after the other. */
export async function checkFunctions(options: LawsOptions): Promise<LawsReport> {
  const { only, skip, runs, seed, command } = options;
  const machine = describeMachine();
  const chosen = lawFunctions.filter(({ name }) => isWanted(name, options.function));
  if (chosen.length === 0) {
    const names = lawFunctions.map(({ name }) => name).join(", ");
    throw new RangeError(`no function has such a name; there are ${names}`);
  }
  const functions: FunctionResult[] = [];
  const skipped: string[] = [];
  for (const { name, source, what, packages, supports, attend, start } of chosen) {
    try {
      await start?.();
    } catch (error) {
      skipped.push(`${name}: ${oneLine(error)}`);
      continue;
    }
    const check = (more: CheckOptions): Promise<Report> =>
      checkAttention(attend, {
        ...{ supports, skip, runs, seed },
        // Some compile a program for each new shape.
        timeout: 60_000,
        source: { name: source, from: "./functions.js" },
        onLaw: ({ id }) => progress(`${name}: ${id}`),
        ...more,
      });
    const { laws, milliseconds } = await check(only.length > 0 ? { only } : {});
    const asked = beyondClaims.filter((id) => laws.some((law) => law.id === id));
    const beyond =
      asked.length === 0
        ? []
        : (await check({ only: asked, supports: { ...supports, exact: true, garbage: true } }))
            .laws;
    functions.push({ name, what, packages, laws, beyond, milliseconds });
  }
  const packages = new Set(functions.flatMap(({ packages }) => packages));
  return {
    kind: "qkv laws",
    date: new Date().toISOString(),
    command,
    revision: describeRevision(root),
    machine,
    ...{ seed, runs },
    versions: Object.fromEntries([...packages].map((name) => [name, versionOfPackage(name)])),
    functions,
    skipped,
  };
}
