import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { chromiumArguments } from "../../scripts/browsers.js";
import { servePage, type Served } from "../explainer/servePage.js";

const source = (path: string) => join(import.meta.dirname, "../../src", path);

/** What the element promises to work under: nothing inline, nothing from elsewhere, images to export. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; require-trusted-types-for 'script'";

/** A server that has the element and the library, a browser, and the page that is open in it. */
export class Stage {
  folder!: string;
  browser!: Browser;
  served!: Served;
  page!: Page;
  /** Errors, and what the policy blocked. */
  wrong: string[] = [];

  async start(program: string): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), "qkv-views-"));
    await build({
      entryPoints: {
        element: source("views/element/index.ts"),
        views: source("views/index.ts"),
        explain: source("explain/index.ts"),
        widget: join(import.meta.dirname, "../../examples/views/jupyter/widget.js"),
        main: join(import.meta.dirname, "main.ts"),
      },
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: this.folder,
      logLevel: "error",
      alias: {
        "qkv/views/element": source("views/element/index.ts"),
        "qkv/views": source("views/index.ts"),
        "qkv/explain": source("explain/index.ts"),
      },
    });
    this.served = await servePage(this.folder, policy);
    this.browser = await chromium.launch({
      executablePath: program,
      args: [...chromiumArguments],
    });
  }

  async end(): Promise<void> {
    await this.browser?.close();
    await this.served?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens a page with this body, the element registered. */
  readonly open = async (body: string, context: BrowserContextOptions = {}): Promise<Page> => {
    const opened = await this.browser.newContext({
      viewport: { width: 800, height: 900 },
      ...context,
    });
    this.page = await opened.newPage();
    this.wrong = [];
    this.page.on("pageerror", (error) => this.wrong.push(error.message));
    this.page.on("console", (message) => {
      if (message.type() === "error") this.wrong.push(message.text());
    });
    const html =
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>` +
      `<link rel="icon" href="data:,"><link rel="stylesheet" href="page.css">` +
      `<script type="module" src="main.js"></script><body><main><h1>A page</h1>${body}</main></body></html>`;
    writeFileSync(join(this.folder, "index.html"), html);
    writeFileSync(join(this.folder, "page.css"), ":root { color-scheme: light dark }");
    await this.page.goto(this.served.url);
    await this.page.waitForFunction(() => "qkv" in globalThis);
    return this.page;
  };
}
