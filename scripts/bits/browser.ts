import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folder } from "./build.js";
import type { Report } from "./report.js";
import type { Row } from "./table.js";

const places = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  ...["--no-first-run", "--disable-background-networking", "--disable-component-update"],
  ...["--disable-sync", "--disable-quic"],
];

/** Scripts from here only: no WebAssembly, no generated code. */
const strict = "default-src 'none'; script-src 'self'; connect-src 'self'";

const pages = [
  { detail: "", policy: undefined, wasm: "equal" },
  { detail: ", script-src 'self'", policy: strict, wasm: "refused" },
] as const;

interface Answer {
  readonly userAgent: string;
  readonly report?: Report;
  readonly failure?: string;
}

/** The rows of Chromium; none, with a line that says so, where there is no Chromium. */
export async function browserRows(): Promise<Row[]> {
  const chromium = places.find((path) => path !== undefined && existsSync(path));
  if (chromium === undefined) {
    console.log("Chromium is not here: install it, or set CHROMIUM to its path.");
    return [];
  }
  const rows: Row[] = [];
  for (const { detail, policy, wasm } of pages) {
    try {
      const { userAgent, report, failure } = await visit(chromium, policy);
      const version = /Chrome\/(\d+)/.exec(userAgent)?.[1] ?? userAgent;
      rows.push({ runtime: `Chromium ${version}${detail}`, report, failure, wasm });
    } catch (error) {
      rows.push({ runtime: `Chromium${detail}`, failure: (error as Error).message, wasm });
    }
  }
  return rows;
}

/** Opens the page in a browser of its own and waits for what it sends. */
async function visit(chromium: string, policy: string | undefined): Promise<Answer> {
  const profile = mkdtempSync(join(tmpdir(), "qkv-bits-"));
  let answered: (answer: Answer) => void;
  const answer = new Promise<Answer>((resolve) => (answered = resolve));
  const server = await serve(policy, (given) => answered(given));
  const { port } = server.address() as AddressInfo;
  const args = [...flags, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`];
  // A group of its own: the command may be a script that starts the browser.
  const child = spawn(chromium, args, { stdio: "ignore", detached: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      answer,
      new Promise<never>((_, fail) => {
        child.on("error", fail);
        child.on("exit", (code) => fail(new Error(`${chromium} ended with ${code}`)));
        timer = setTimeout(() => fail(new Error("no answer for three minutes")), 180_000);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    const gone = new Promise((resolve) => child.on("close", resolve));
    if (child.exitCode === null && child.pid !== undefined) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const files: Readonly<Record<string, string>> = {
  "/core.js": "dist/core.js",
  "/page.js": "page.js",
};

function serve(policy: string | undefined, onAnswer: (answer: Answer) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (request.method === "POST" && path === "/report") {
      void bodyOf(request).then((body) => {
        response.end();
        onAnswer(JSON.parse(body) as Answer);
      });
      return;
    }
    if (policy !== undefined) response.setHeader("Content-Security-Policy", policy);
    if (path === "/") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(
        '<!doctype html><title>bits</title><script type="module" src="/page.js"></script>',
      );
    } else if (path in files) {
      response.setHeader("Content-Type", "text/javascript; charset=utf-8");
      response.end(readFileSync(join(folder, files[path])));
    } else {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  return body;
}
