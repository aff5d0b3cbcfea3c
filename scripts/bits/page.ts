// Runs in a browser, with the built package as it would be served.
import type { Library } from "../../src/golden/problem.js";
import { reportOf } from "./report.js";

const path = "/dist/core.js";
const report = await import(path).then(
  (library) => reportOf(library as Library),
  (error: unknown) => ({ error: String(error) }),
);
await fetch("/report", { method: "POST", body: JSON.stringify(report) });
