import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { buildPage } from "../../apps/explainer/build/buildPage.js";
import { chromiumArguments } from "../../scripts/browsers.js";
import { servePage, type Served } from "./servePage.js";

export interface Opening {
  /** The part of the address after #, with it. */
  readonly hash?: string;
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly from?: Served;
  /** Whether to wait for the first picture. */
  readonly ready?: boolean;
}

/** The built page, a server, a browser and the page that is open in it. */
export class Stage {
  folder!: string;
  browser!: Browser;
  served!: Served;
  page!: Page;
  /** What must not happen: errors, blocked resources, requests to other hosts. */
  wrong: string[] = [];

  async start(program: string): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), "qkv-explainer-"));
    await buildPage(this.folder);
    this.served = await servePage(this.folder);
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

  readonly open = async ({
    hash = "",
    width = 1280,
    scheme = "light",
    from = this.served,
    ready = true,
  }: Opening = {}): Promise<void> => {
    const context = await this.browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    this.page = await context.newPage();
    this.wrong = [];
    this.page.on("pageerror", (error) => this.wrong.push(error.message));
    this.page.on("console", (message) => {
      if (message.type() === "error" && !/503/.test(message.text())) {
        this.wrong.push(message.text());
      }
    });
    this.page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      const own =
        protocol === "data:" || protocol === "blob:" || origin === new URL(from.url).origin;
      if (!own) this.wrong.push(request.url());
    });
    await this.page.goto(from.url + hash);
    if (ready) await this.page.waitForSelector("#picture svg", { timeout: 30_000 });
  };

  readonly text = (selector: string): Promise<string> => this.page.innerText(selector);

  /** The numbers beside the bars. */
  readonly numbers = (): Promise<string[]> =>
    this.page.locator("svg .row .number").allTextContents();

  readonly clipboard = (): Promise<string> =>
    this.page.evaluate(() => navigator.clipboard.readText());

  /** Types a sentence. */
  readonly say = async (sentence: string): Promise<void> => {
    await this.page.fill("#text", sentence);
    await this.page.click("#ask [type=submit]");
  };
}
