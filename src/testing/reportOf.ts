import type { LawResult, Report } from "./types.js";

/** Puts the results of all laws into a report. */
export function reportOf(laws: readonly LawResult[], seed: number, milliseconds: number): Report {
  const count = (status: LawResult["status"]): number =>
    laws.filter((law) => law.status === status).length;
  const ok = count("broken") === 0 && count("not run") === 0 && count("held") > 0;
  const text = (): string =>
    [
      ...laws.map(lineOf),
      "",
      `${count("held")} held, ${count("broken")} broken, ${count("not applicable")} not applicable, ` +
        `${count("not run")} not run (seed ${seed}, ${milliseconds} ms)`,
      ...laws.flatMap(({ counterexample }) => (counterexample ? ["", counterexample.code] : [])),
    ].join("\n");
  return {
    ok,
    laws,
    seed,
    milliseconds,
    assert() {
      if (!ok) throw new Error(failureOf(laws));
    },
    toJSON: () => ({ ok, seed, milliseconds, laws: laws.map(plain) }),
    toString: text,
  };
}

/** What the error of a failed check says. */
export function failureOf(laws: readonly LawResult[]): string {
  const told = laws.flatMap(({ status, id, name, equation, reason, seed, counterexample }) => {
    if (status === "not run") return [`"${name}" (${id}) was not checked: ${reason}`];
    if (status !== "broken") return [];
    const title = `"${name}" does not hold (${id}, seed ${seed}).`;
    return [[title, equation, reason, "", counterexample?.code].join("\n")];
  });
  return told.length > 0 ? told.join("\n\n") : "no law applies to this function";
}

function lineOf({ id, status, cases, worst, finding, reason }: LawResult): string {
  const mark = { held: "✓", broken: "✗", "not applicable": "–", "not run": "?" }[status];
  const used =
    worst && worst.bound > 0
      ? `, at most ${percent(worst.deviation / worst.bound)} of the bound`
      : "";
  const told = [finding, reason].filter((part) => part !== undefined).join("; ");
  const counted = status === "held" ? `${cases} cases${used}` : status;
  return `${mark} ${id.padEnd(20)} ${counted}${told ? `: ${told}` : ""}`;
}

function percent(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(2))} %`;
}

/** JSON has no NaN and no Infinity. */
function plain(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
