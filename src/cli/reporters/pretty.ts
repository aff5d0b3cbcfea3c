import type { LawResult, Progress } from "../../testing/types.js";
import type { Checked, GoldenResult, Reporter, Run, Subject } from "../run.js";
import { codeOf } from "./codeOf.js";
import { coloursFor, type Colours } from "./colours.js";
import type { Surroundings } from "../run.js";

/** For people: a line for each law as it is done, then what is broken and how to see it. */
export function prettyReporter(surroundings: Surroundings): Reporter {
  const { out, err, terminals, env, width } = surroundings;
  const colours = coloursFor(terminals.out, env);
  let [shown, last] = [false, 0];
  const clear = (): void => {
    if (shown) err("\r\u001b[K");
    shown = false;
  };
  return {
    start(subject) {
      out(headOf(subject, colours));
    },
    progress(progress) {
      // Not on a screen that keeps what was written, and not at every case.
      if (!terminals.err || Date.now() - last < 100) return;
      last = Date.now();
      err(`\r\u001b[K${progressOf(progress).slice(0, width - 1)}`);
      shown = true;
    },
    law(result) {
      clear();
      out(`${lineOf(result, colours, width)}\n`);
    },
    end(run) {
      clear();
      const parts = run.subjects.map((subject) => detailsOf(subject, colours));
      const golden = (run.golden ?? []).map((result) => goldenOf(result, colours));
      out([...parts, golden.length > 0 ? "\n" : "", ...golden, endOf(run, colours)].join(""));
    },
  };
}

function headOf({ name, exported, notes }: Subject, { bold, dim, yellow }: Colours): string {
  const what = exported === undefined ? "" : dim(` (${exported})`);
  return `\n${bold(name)}${what}\n${notes.map((note) => `${yellow(note)}\n`).join("")}\n`;
}

function progressOf({ law, index, laws, run, runs }: Progress): string {
  const done = Math.round((20 * (index + run / runs)) / laws);
  return `${"█".repeat(done)}${"░".repeat(20 - done)} ${index + 1}/${laws} ${law}, case ${run + 1}`;
}

/** `✓ causal   60 cases, at most 4 % of the bound` */
function lineOf(law: LawResult, { red, green, yellow, dim }: Colours, width: number): string {
  const { id, status, cases, worst, finding, reason = "" } = law;
  const used =
    worst && worst.deviation > 0 && worst.bound > 0
      ? `, ${percent(worst.deviation / worst.bound)} of the bound`
      : "";
  const count = `${cases} case${cases === 1 ? "" : "s"}`;
  const notes = [finding, status === "held" ? reason : ""].filter((text) => text);
  const held = `${count}${used}${notes.length > 0 ? `: ${notes.join("; ")}` : ""}`;
  const name = id.padEnd(17);
  const room = Math.max(40, width) - name.length - 3;
  // What is wrong follows in full.
  const short = (text: string): string =>
    text.length > room ? `${text.slice(0, room - 1).trimEnd()}…` : text;
  switch (status) {
    case "held":
      return `${green("✓")} ${name} ${dim(short(held))}`;
    case "broken":
      return `${red("✗")} ${name} ${red(short(reason))}`;
    case "not applicable":
      return dim(`– ${name} ${short(reason)}`);
    case "not run":
      return `${yellow("?")} ${name} ${yellow(short(`not run: ${reason}`))}`;
  }
}

function percent(ratio: number): string {
  return ratio < 0.001 ? "less than 0.1 %" : `at most ${Number((100 * ratio).toPrecision(2))} %`;
}

/** Counterexamples that are shown in full: one mistake breaks many laws. */
const mostDetails = 3;

function detailsOf({ report }: Checked, colours: Colours): string {
  const broken = report.laws.filter(({ status }) => status === "broken");
  // First the laws that name the mistake, and then in the order of the laws.
  const ordered = [...broken].sort((a, b) => Number(namesIt(b)) - Number(namesIt(a)));
  const details = ordered.slice(0, mostDetails).map((law) => detailOf(law, colours));
  const rest = ordered.slice(mostDetails).map(({ id }) => id);
  if (rest.length === 0) return details.join("");
  const only = `--only ${rest.slice(0, mostDetails).join(",")}`;
  return `${details.join("")}\n${colours.red("✗")} also broken: ${rest.join(", ")} ${colours.dim(`(${only} shows ${rest.length > mostDetails ? "the next" : "them"})`)}\n`;
}

/** Whether a law says which mistake was made. */
function namesIt({ reason = "" }: LawResult): boolean {
  return /^expected .*; got (?!something else)/.test(reason);
}

function detailOf(law: LawResult, { red, bold, dim }: Colours): string {
  const { id, name, equation, reason = "", counterexample } = law;
  const code = codeOf(counterexample)
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`));
  return [
    "",
    `${red("✗")} ${bold(name)} ${dim(`(${id})`)}`,
    `  ${equation}`,
    `  ${red(reason)}`,
    ...["", ...code, ""],
  ].join("\n");
}

function goldenOf({ engine, problems, digest, different }: GoldenResult, colours: Colours): string {
  const { green, red, dim } = colours;
  const name = `bits, ${engine}`.padEnd(17);
  if (different.length === 0) {
    return `${green("✓")} ${name} ${problems} golden problems equal the published hashes ${dim(digest)}\n`;
  }
  const list = different.map((problem) => `    ${problem}\n`).join("");
  const text = `${different.length} of ${problems} golden problems differ from the published hashes`;
  return `${red("✗")} ${name} ${red(text)}\n${list}`;
}

function endOf(run: Run, { dim, bold, green, red, yellow }: Colours): string {
  const laws = run.subjects.flatMap(({ report }) => report.laws);
  const count = (status: LawResult["status"]): number =>
    laws.filter((law) => law.status === status).length;
  const paint = { broken: red, "not run": yellow, held: green, "not applicable": dim };
  const counts = (["held", "broken", "not run", "not applicable"] as const)
    .filter((status) => status === "held" || count(status) > 0)
    .map((status) => (count(status) > 0 ? paint[status] : dim)(`${count(status)} ${status}`));
  const time = run.subjects.reduce((sum, { report }) => sum + report.milliseconds, 0);
  const { qkv, node } = run.machine;
  return [
    "",
    `${bold(counts.join(", "))} ${dim(`in ${(time / 1000).toFixed(1)} s`)}${run.interrupted ? yellow(", interrupted") : ""}`,
    dim(`qkv ${qkv}, Node ${node} · ${run.repeat}`),
    "",
  ].join("\n");
}
