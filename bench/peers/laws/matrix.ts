import type { LawResult } from "../../../src/testing/index.js";
import type { Column } from "../../table.js";
import type { LawsReport } from "./report.js";

/** Laws × functions: held with the number of cases, broken, or not asked. */
export function matrixOf(
  { functions }: LawsReport,
  part: "laws" | "beyond" = "laws",
): { columns: Column[]; rows: string[][] } {
  const ids = [...new Set(functions.flatMap((each) => each[part].map(({ id }) => id)))];
  return {
    columns: ["law", ...functions.map(({ name }) => name)].map((title) => ({
      title,
      align: "left",
    })),
    rows: ids.map((id) => [
      id,
      ...functions.map((each) => cellOf(each[part].find((law) => law.id === id))),
    ]),
  };
}

function cellOf(law: LawResult | undefined): string {
  if (law === undefined) return "";
  if (law.status === "held") return `✓ ${law.cases}`;
  return { broken: "✗", "not applicable": "–", "not run": "?" }[law.status];
}
