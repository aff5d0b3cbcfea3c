import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".bin": "application/octet-stream",
};

export interface Served {
  /** The page, at a path of its own. */
  readonly url: string;
  /** Answers 503 for files that have this in their name. */
  broken: string | undefined;
  /** Until this is done, the model does not come. */
  held: Promise<void> | undefined;
  /** The files that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Serves a built page as any static server would, with a policy of its own if one is given. */
export async function servePage(folder: string, policy?: string): Promise<Served> {
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname.replace(/^\/some\/path\//, "").replace(/^$/, "index.html");
    const file = join(folder, path);
    served.asked.push(path);
    if (path === "model.bin") await served.held;
    if (!existsSync(file) || (served.broken !== undefined && path.includes(served.broken))) {
      response.writeHead(existsSync(file) ? 503 : 404).end();
      return;
    }
    const body = readFileSync(file);
    response.writeHead(200, {
      "Content-Type": types[extname(file)] ?? "text/plain",
      "Content-Length": body.length,
      ...(policy === undefined ? {} : { "Content-Security-Policy": policy }),
    });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "localhost", done));
  const { port } = server.address() as AddressInfo;
  const served: Served = {
    url: `http://localhost:${port}/some/path/`,
    broken: undefined,
    held: undefined,
    asked: [],
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return served;
}
