import { laws, type LawResult, type Supports } from "../../testing/index.js";
import { defaultTimeout, type CheckFlags } from "./checkFlags.js";

/** The command that shows what is broken, or all of it, again. */
export function repeatOf(flags: CheckFlags, name: string, results: readonly LawResult[]): string {
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
    ...(flags.timeout === defaultTimeout ? [] : [`--timeout ${flags.timeout}ms`]),
    `--seed=${flags.seed ?? 1}`,
  ].join(" ");
}

function supportsFlags(supports: Supports): string[] {
  return Object.keys(supports).length === 0 ? [] : [JSON.stringify(supports)];
}
