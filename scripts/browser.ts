// Runs the built package in a headless Chromium: `npm run build && npm run test:browser`.
// CHROMIUM names the program; by default it is looked for by its usual names.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromiumArguments, findChromium } from "./chromium.js";
import { root } from "./step.js";

const page = `<!doctype html>
<script type="module" src="/test/threads/browser/page.js"></script>`;

const types: Record<string, string> = { ".js": "text/javascript", ".html": "text/html" };
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Serves the repository, with or without the headers of isolation, until the page has reported. */
function serve(isolated: boolean, report: (text: string) => void): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "POST") {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        response.end();
        report(text);
      });
      return;
    }
    const file = join(root, normalize(pathname));
    const served = pathname === "/" || (existsSync(file) && extname(file) in types);
    response.writeHead(served ? 200 : 404, {
      "Content-Type": types[extname(file)] ?? "text/html",
      // No blob, no eval: what a strict page allows.
      "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
      ...(isolated ? isolation : {}),
    });
    response.end(pathname === "/" ? page : served ? readFileSync(file) : "");
  });
}

/** What the page reports: one line for each check. */
async function runPage(chromium: string, isolated: boolean): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), "qkv-browser-"));
  let server!: Server;
  const reported = new Promise<string>((resolve) => (server = serve(isolated, resolve)));
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  const browser = spawn(
    chromium,
    ["--headless", ...chromiumArguments, `--user-data-dir=${profile}`, `http://localhost:${port}/`],
    { stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => browser.once("exit", () => resolve()));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the page did not report within 60 s")), 60_000);
  });
  try {
    const gone = ended.then(() => Promise.reject(new Error("Chromium ended before the page did")));
    return await Promise.race([reported, late, gone]);
  } finally {
    clearTimeout(timer);
    browser.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    // Its helpers may still be writing.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

const chromium = findChromium();
if (chromium === undefined) throw new Error("no Chromium: install one, or name it in CHROMIUM");
let failed = 0;
for (const isolated of [true, false]) {
  const checks = JSON.parse(await runPage(chromium, isolated)) as {
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
