import type { Table } from "qkv/views";
import { byId } from "./elements.js";

/** The numbers behind a picture. They are made when a reader opens them. */
export function showTable(table: () => Table): void {
  const host = byId("table");
  const details = host.closest("details")!;
  host.replaceChildren();
  const fill = (): void => {
    if (details.open) host.replaceChildren(tableOf(table()));
  };
  details.ontoggle = fill;
  fill();
}

function tableOf({ columns, rows }: Table): HTMLTableElement {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(...columns.map((name) => cell("th", name, "col")));
  const body = table.createTBody();
  for (const [name, ...values] of rows) {
    body.insertRow().append(cell("th", name, "row"), ...values.map((value) => cell("td", value)));
  }
  return table;
}

function cell(kind: "th" | "td", text: string, scope?: string): HTMLElement {
  const made = document.createElement(kind);
  made.textContent = text;
  made.dir = "auto";
  if (scope !== undefined) made.setAttribute("scope", scope);
  return made;
}
