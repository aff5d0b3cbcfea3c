import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { Browser } from "./browsers.js";
import { withChild, type Command } from "./withChild.js";

export interface Page {
  /** Its scripts are served, and what pages in it are made of. */
  readonly folder: string;
  /** The module that runs in the page, by its path in the folder. It posts what it has to report. */
  readonly script: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".bin": "application/octet-stream",
};

/**
 * Opens a page in a browser and returns what the page posts. Throws an Error that names the program if
 * that ends before, or if it takes longer than `limit` milliseconds.
 */
export async function openPage(browser: Browser, page: Page, limit: number): Promise<string> {
  let reported!: (report: string) => void;
  const report = new Promise<string>((resolve) => (reported = resolve));
  const server = serve(page, reported);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const command = commandOf(browser, `http://127.0.0.1:${port}/`);
    return await withChild(command, limit, (output) => {
      const ended = output.then(() => {
        throw new Error(`${browser.name} ended before the page had reported`);
      });
      return Promise.race([report, ended]);
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The version that a browser prints. */
export async function versionOf(browser: Browser, limit: number): Promise<string> {
  const printed = await withChild(commandOf(browser, "--version"), limit, (output) => output);
  return /\d[\w.]*/.exec(printed)?.[0] ?? printed.trim();
}

function commandOf(
  { name, program, install, command }: Browser,
  what: string,
): (home: string) => Command {
  if (program === undefined) throw new Error(`${name} is not installed: ${install}`);
  return (home) => command(program, what, home);
}

function serve({ folder, script, headers }: Page, reported: (report: string) => void): Server {
  return createServer((request, response) => {
    if (request.method === "POST") {
      void text(request).then((report) => {
        response.end();
        reported(report);
      });
      return;
    }
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(folder, pathname);
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    if (pathname === "/") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(`<!doctype html><script type="module" src="${script}"></script>`);
    } else if (extname(file) in types && existsSync(file)) {
      response.setHeader("Content-Type", types[extname(file)]);
      response.end(readFileSync(file));
    } else {
      response.writeHead(404).end();
    }
  });
}
