import type { LawResult } from "../../testing/types.js";
import { codeOf } from "./codeOf.js";
import { exitCodeOf, type Checked, type Run } from "../run.js";

/** Workflow commands of GitHub Actions: an annotation of the file for each law that is broken. */
export function githubLines({ subjects, golden = [], ...run }: Run): string {
  const laws = subjects.flatMap((subject) =>
    subject.report.laws.map((law) => annotation(subject, law)),
  );
  const bits = golden.map(({ engine, problems, different }) => {
    if (different.length === 0) return "";
    const title = `qkv: bits, engine ${engine}`;
    return command(
      "error",
      { title },
      `${different.length} of ${problems}: ${different.join(", ")}`,
    );
  });
  const code = exitCodeOf({ subjects, golden, ...run });
  const end = code === 2 ? [command("error", { title: "qkv" }, "not everything was checked")] : [];
  return [...laws, ...bits, ...end].filter((line) => line !== "").join("");
}

function annotation({ name, file, report }: Checked, law: LawResult): string {
  const { id, equation, status, reason = "", counterexample } = law;
  if (status === "held" || status === "not applicable") return "";
  // From the root of the repository.
  const properties = { ...(file ? { file: file.replace(/^\.\//, "") } : {}), title: `qkv: ${id}` };
  if (status === "not run") return command("warning", properties, `${name}: ${reason}`);
  const lines = [`${law.name} does not hold (seed ${report.seed}).`, equation, reason];
  return command("error", properties, [...lines, "", codeOf(counterexample)].join("\n"));
}

function command(kind: string, properties: Readonly<Record<string, string>>, text: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escape(value, true)}`);
  return `::${kind} ${list.join(",")}::${escape(text, false)}\n`;
}

/** As the runner reads them back. */
function escape(text: string, property: boolean): string {
  const plain = text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return property ? plain.replaceAll(":", "%3A").replaceAll(",", "%2C") : plain;
}

/** A page for the summary of a job. */
export function githubSummary({ subjects, golden = [], machine, repeat }: Run): string {
  const marks = { held: "✓", broken: "✗", "not applicable": "–", "not run": "?" };
  const tables = subjects.map(({ name, report }) => {
    const rows = report.laws.map(
      ({ id, name: law, status, cases, finding, reason }) =>
        `| ${marks[status]} | ${id} | ${cell(law)} | ${cases} | ${cell(reason ?? finding ?? "")} |`,
    );
    const codes = report.laws.flatMap(({ id, counterexample }) =>
      counterexample ? [`\n**${id}**\n\n\`\`\`js\n${counterexample.code}\`\`\`\n`] : [],
    );
    return [
      `### qkv: ${name}`,
      "",
      "| | law | | cases | |",
      "| - | - | - | -: | - |",
      ...rows,
      ...codes,
      "",
    ].join("\n");
  });
  const bits = golden.map(
    ({ engine, problems, different, digest }) =>
      `${different.length === 0 ? "✓" : "✗"} ${engine}: bits of ${problems} golden problems, ${digest}\n`,
  );
  return `${tables.join("\n")}\n${bits.join("\n")}\n\`${repeat}\` · qkv ${machine.qkv}, Node ${machine.node}\n\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
