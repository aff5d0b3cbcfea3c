// `<runtime> main.js dist/core.js` prints the hashes that a runtime without a page computes with that
// file of the package.
import type { Library } from "../../src/golden/problem.js";
import { reportOf } from "./report.js";

const loaded = (await import(new URL(process.argv[2], import.meta.url).href)) as
  Library | { default: Library };
// The names of CommonJS are in its default export.
const library = "attention" in loaded ? loaded : loaded.default;
const { node, bun, deno } = process.versions;
console.log(JSON.stringify({ version: bun ?? deno ?? node, report: reportOf(library) }));
