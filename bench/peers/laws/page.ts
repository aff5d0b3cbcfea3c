import { threeDigits } from "../../format.js";
import { whereOf } from "../../machine.js";
import { markdownTable, type Column } from "../../table.js";
import { matrixOf } from "./matrix.js";
import { breaksOf, type Break, type FunctionResult, type LawsReport } from "./report.js";
import { meaningOf } from "./show.js";

/** The matrix, what each column is, what is broken with its code, and what goes beyond the claims. */
export function lawsBlock(report: LawsReport): string {
  const { columns, rows } = matrixOf(report);
  const beyond = matrixOf(report, "beyond");
  return [
    "## Laws × functions",
    markdownTable(columns, rows),
    footer(report),
    "## The functions",
    functionTable(report),
    ...report.skipped.map((text) => `Not checked: ${text}.`),
    "## What is broken",
    ...brokenSections(report),
    "## Beyond the claims",
    beyondText,
    markdownTable(beyond.columns, beyond.rows),
    beyondLines(report),
  ].join("\n\n");
}

const beyondText = `The same functions, asked for what \`qkv\` promises and they do not: that NaN and Infinity in a blocked key or
value have no effect (\`garbage-leak\`), and that a row has the same bits whatever else is computed beside it
(the other laws). A ✗ is no fault of a function here: it says what not to rely on, on this machine.`;

function footer(report: LawsReport): string {
  const { runs, seed, command, versions } = report;
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `✓ held in so many cases, ✗ broken, – not claimed. ${packages.join(", ")}; ${whereOf(report)}.
At most ${runs} cases of each law, seed ${seed}, by \`${command}\`.`;
}

function functionTable({ functions }: LawsReport): string {
  const titles = [
    ...["column", "what computes", "causal, L ≠ S", "a row that may attend nothing"],
    ...["largest error", "time"],
  ];
  const columns: Column[] = titles.map((title) => ({ title, align: "left" }));
  const rows = functions.map((by) => [
    by.name,
    by.what,
    findingOf(by, "causal-alignment"),
    findingOf(by, "empty-row"),
    errorOf(by),
    `${(by.milliseconds / 1000).toFixed(1)} s`,
  ]);
  return markdownTable(columns, rows);
}

/** What a function turned out to do, where laws leave a choice. */
function findingOf({ laws }: FunctionResult, id: string): string {
  const law = laws.find((law) => law.id === id);
  return law?.finding ?? (law?.status === "broken" ? "broken" : "");
}

/** Of the outputs against float64, relative to the bound of each. */
function errorOf({ laws }: FunctionResult): string {
  const worst = laws.find(({ id }) => id === "definition")?.worst;
  if (worst === undefined) return "";
  return `${threeDigits((100 * worst.deviation) / worst.bound)} % of the bound`;
}

/** One section for each law; functions for which it means the same share its code. */
function brokenSections(report: LawsReport): string[] {
  const sections = new Map<string, Break[]>();
  for (const each of breaksOf(report)) {
    const key = `${each.law.id} ${meaningOf(each.by.name, each.law.id)}`;
    sections.set(key, [...(sections.get(key) ?? []), each]);
  }
  if (sections.size === 0) return ["Nothing of what they claim."];
  return [...sections.values()].flatMap((breaks) => {
    const [{ by, law }] = breaks;
    return [
      `### ${law.id}: ${breaks.map(({ by }) => by.name).join(", ")}`,
      `${law.name}: \`${law.equation}\``,
      meaningOf(by.name, law.id),
      ["```ts no-run", law.counterexample?.code.trimEnd(), "```"].join("\n"),
    ];
  });
}

function beyondLines({ functions }: LawsReport): string {
  return functions
    .flatMap(({ name, beyond }) =>
      beyond
        .filter(({ status }) => status === "broken")
        .map(({ id, reason }) => `- ${name}, ${id}: \`${reason}\``),
    )
    .join("\n");
}
