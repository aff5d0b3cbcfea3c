// Runs the built package in Chromium: `npm run build && npm run test:browser`.
import { chromium } from "./browsers.js";
import { openPage } from "./openPage.js";
import { root } from "./step.js";

const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

let failed = 0;
for (const isolated of [true, false]) {
  const page = {
    folder: root,
    script: "/test/threads/browser/page.js",
    headers: {
      // No blob, no eval: what a strict page allows.
      "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
      ...(isolated ? isolation : {}),
    },
  };
  const checks = JSON.parse(await openPage(chromium, page, 60_000)) as {
    name: string;
    error?: string;
  }[];
  console.log(isolated ? "cross-origin isolated:" : "without the headers:");
  for (const { name, error } of checks) {
    console.log(
      `  ${error === undefined ? "passed" : "FAILED"} ${name}${error ? `: ${error}` : ""}`,
    );
    if (error !== undefined) failed++;
  }
}
process.exitCode = failed > 0 ? 1 : 0;
