import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { buildPage } from "../../apps/explainer/build/buildPage.js";
import type { Weight } from "./report.js";
import { weigh } from "./weigh.js";

/** What hosts of static files compress, and how they call it. They leave others as they are, the model among them. */
const texts: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

export interface Site {
  readonly url: string;
  readonly weights: readonly Weight[];
  close(): Promise<void>;
}

/** Builds the page and serves it from memory, as a host of static files would. */
export async function startSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-page-bench-"));
  const files = new Map<string, { raw: Buffer; gzip: Buffer }>();
  try {
    await buildPage(folder);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!statSync(join(folder, name)).isFile()) continue;
      const raw = readFileSync(join(folder, name));
      files.set(name.split(sep).join("/"), { raw, gzip: gzipSync(raw) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = decodeURI(pathname).slice(1) || "index.html";
    const file = files.get(path);
    if (!file) return void response.writeHead(404).end();
    const type = texts[extname(path)];
    const body = type === undefined ? file.raw : file.gzip;
    response.writeHead(200, {
      "Content-Type": type ?? "application/octet-stream",
      "Content-Length": body.length,
      ...(type === undefined ? {} : { "Content-Encoding": "gzip" }),
    });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "localhost", done));
  const built = [...files].map(([path, { raw, gzip }]) => ({
    path,
    raw: raw.length,
    gzip: gzip.length,
    code: path.endsWith(".js") ? raw.toString("utf8") : undefined,
  }));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    weights: weigh(built, files.get("index.html")!.raw.toString("utf8")),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
